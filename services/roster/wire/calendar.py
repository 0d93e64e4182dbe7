"""Calendar days and times of day as they travel."""

from datetime import date, time

from google.type import date_pb2, timeofday_pb2


def date_to(day: date) -> date_pb2.Date:
    """Writes a calendar day."""
    return date_pb2.Date(year=day.year, month=day.month, day=day.day)


def date_from(message: date_pb2.Date) -> date:
    """Reads a calendar day; raises ValueError for what is none."""
    return date(message.year, message.month, message.day)


def time_of_day_to(at: time) -> timeofday_pb2.TimeOfDay:
    """Writes a time of day."""
    return timeofday_pb2.TimeOfDay(hours=at.hour, minutes=at.minute)


def time_of_day_from(message: timeofday_pb2.TimeOfDay) -> time:
    """Reads a time of day in whole minutes; raises ValueError for what is none."""
    if message.seconds or message.nanos:
        raise ValueError("has seconds")
    return time(message.hours, message.minutes)

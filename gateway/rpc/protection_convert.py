"""Messages of protection to values and back."""

from datetime import UTC, date, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from google.type import date_pb2
from muster.gateway.v1 import protection_service_pb2 as pb

from chassis.errors import FieldViolation, invalid_fields
from gateway.app.manage_protection import ProfileView
from gateway.app.protection_ports import Confirmation
from gateway.domain.protection import Agreement, ProfileVersion, Rules
from gateway.domain.purpose import PURPOSES


def profile_from(message: pb.ProtectionProfile, site: str, author: str) -> ProfileVersion:
    """Reads a profile as somebody wants it; refuses what is no date or no instant."""
    begins = message.effective_time if message.HasField("effective_time") else None
    agreed = message.agreement_date if message.HasField("agreement_date") else None
    return ProfileVersion(
        site=site,
        version=message.version,
        rule_set=message.rule_set,
        agreement=Agreement(
            message.agreed_by.strip(), _day(agreed), message.agreement_reference.strip()
        ),
        effective_time=_instant(begins),
        from_the_beginning=False,
        author=author,
        create_time=None,
    )


def view_to(view: ProfileView) -> pb.ProtectionProfile:
    """Writes a version with what stands beside it."""
    message = version_to(view.version)
    message.rules_in_force.CopyFrom(rules_to(view.rules_in_force))
    message.confirmed_count = view.confirmed_count
    message.purposes.extend(PURPOSES)
    if view.own:
        message.my_confirm_time.FromDatetime(view.own.confirm_time)
    return message


def version_to(version: ProfileVersion) -> pb.ProtectionProfile:
    """Writes a version."""
    message = pb.ProtectionProfile(
        name=f"{version.site}/protectionProfile",
        version=version.version,
        rule_set=version.rule_set,
        agreed_by=version.agreement.agreed_by,
        agreement_reference=version.agreement.reference,
        from_the_beginning=version.from_the_beginning,
        author=version.author,
        rules=rules_to(version.rules),
    )
    day = version.agreement.day
    if day:
        message.agreement_date.CopyFrom(date_pb2.Date(year=day.year, month=day.month, day=day.day))
    if version.effective_time:
        message.effective_time.FromDatetime(version.effective_time)
    if version.create_time:
        message.create_time.FromDatetime(version.create_time)
    return message


def rules_to(rules: Rules) -> pb.ProtectionRules:
    """Writes rules."""
    return pb.ProtectionRules(
        history_audience=f"HISTORY_AUDIENCE_{rules.history_audience}",
        purpose_required=rules.purpose_required,
        smallest_group=rules.smallest_group,
        person_ranking=rules.person_ranking,
        names_on_walls=rules.names_on_walls,
    )


def confirmation_to(confirmation: Confirmation) -> pb.ProtectionConfirmation:
    """Writes a confirmation."""
    message = pb.ProtectionConfirmation(agent=confirmation.agent, version=confirmation.version)
    message.confirm_time.FromDatetime(confirmation.confirm_time)
    return message


def _day(wanted: date_pb2.Date | None) -> date | None:
    if wanted is None:
        return None
    try:
        return date(wanted.year, wanted.month, wanted.day)
    except ValueError:
        raise invalid_fields(
            [FieldViolation("profile.agreement_date", "is a date with year, month and day")]
        ) from None


def _instant(wanted: Timestamp | None) -> datetime | None:
    if wanted is None:
        return None
    try:
        return wanted.ToDatetime(UTC)
    except ValueError:
        raise invalid_fields(
            [FieldViolation("profile.effective_time", "lies between the years 1 and 9999")]
        ) from None

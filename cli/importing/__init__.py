"""Brings files of past data and people onto a Muster installation."""

"""Reads the queue logs of Asterisk and its distributions."""

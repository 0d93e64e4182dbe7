"""The tables of roster."""

"""The events of roster."""

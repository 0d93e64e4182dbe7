"""The use cases of roster."""

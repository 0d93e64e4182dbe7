"""The wire of roster: messages to values and back."""

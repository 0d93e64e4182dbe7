"""`muster source`: platforms that push their events."""

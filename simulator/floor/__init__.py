"""A small contact centre that lives: sixty agents whose states arrive through the public API.

It is a demonstration and says so in its names. What happens on a day follows from the day alone, so
a restart goes on where it was and a repeat changes nothing.
"""

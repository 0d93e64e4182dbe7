"""A contact centre in virtual time: people, shifts, demand and what comes of them.

All is decided by a seed and a first day; nothing here waits, reads a clock or leaves the process.
The floor plays it in real time, and what lies before now is imported as history.
"""

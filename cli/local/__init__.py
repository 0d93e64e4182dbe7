"""Muster on this machine: its folder, its ports, its tree of processes."""

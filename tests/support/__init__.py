"""Builders, fakes and servers of the tests."""

"""Errors that are told in one line."""


class PlainError(Exception):
    """What went wrong, where, and what to do, in one line for whoever runs the program."""

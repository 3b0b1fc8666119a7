"""What goes wrong with a database."""

from etl.errors import PlainError


class StoreError(PlainError):
    """A database that cannot be used: which, why, and what to do."""

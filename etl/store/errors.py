"""What goes wrong with a database, in one line each."""


class StoreError(Exception):
    """A database that cannot be used: one line that says which, why, and what to do."""

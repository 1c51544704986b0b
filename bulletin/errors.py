"""Exceptions: what stops a command. Wrong data is never one of these; it is a finding and the run goes on."""


class BulletinError(Exception):
    """Base of all of them; the command prints the message and exits with 2."""


class UsageError(BulletinError):
    """What was asked for cannot be done: no such file, no such indicator."""


class ReaderError(BulletinError):
    """A document cannot be read. The pipeline turns it into a finding that names the file."""


class WarehouseError(BulletinError):
    """The warehouse cannot be opened, is locked, or holds something else."""


class DamagedError(WarehouseError):
    """The file is no whole warehouse."""


class HeldError(WarehouseError):
    """Another process holds the warehouse."""

    def __init__(self, message: str, holder: str) -> None:
        super().__init__(message)
        self.holder = holder
        """Who it is, in words."""

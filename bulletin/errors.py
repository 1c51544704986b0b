"""Exceptions: what stops a command. Wrong data is never one of these; it is a finding and the run goes on."""


class BulletinError(Exception):
    """Base of all of them; the command prints the message and exits with 2."""


class UsageError(BulletinError):
    """What was asked for cannot be done: no such file, no such indicator."""


class ReaderError(BulletinError):
    """A document cannot be read. The pipeline turns it into a finding that names the file."""


class WarehouseError(BulletinError):
    """The warehouse cannot be opened, is locked, or holds something else."""

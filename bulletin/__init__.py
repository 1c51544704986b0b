"""How reports become data: pure functions from bytes to checked observations, the loader, the report, the command."""

__version__ = "0.1.0"

"""Where reports come from: the sources of `sources.yml`, and how what they hold gets into `raw/`.

`entries` is what the file says; it is read by every command, and so imports nothing that takes time.
"""

from bulletin.sources.entries import FILE, Entry, named, policies, read

__all__ = ["FILE", "Entry", "named", "policies", "read"]

"""Files to discover, and under which names they are found."""

from pathlib import Path

from bulletin.discover import discover


def write(name: str, text: str | bytes = "5 million") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def keys(*paths: str) -> list[str]:
    return [source.key for source in discover(paths)]

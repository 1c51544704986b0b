"""Who runs the steps of an ingest: this process, or a runner that another package offers by entry point.

`bulletin` may not import `flows`; a runner is a callable `(request, progress) -> IngestResult` in the group
`bulletin.runners`.
"""

import os
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from bulletin.errors import UsageError
from bulletin.notify import telling, warn
from bulletin.pipeline import IngestResult, Progress, ingest
from bulletin.settings import Request, notify

LOCAL, DASK = "local", "dask"
GROUP = "bulletin.runners"


def run_with(name: str, request: Request, progress: Progress) -> IngestResult:
    """Run the ingest with the runner of that name; `auto` is Prefect where its API is configured, else this process.

    Raises:
        UsageError: there is no such runner.
    """
    if name == "auto":
        name = "prefect" if prefect_is_configured() else LOCAL
    if name == DASK and not request.address:
        raise UsageError("--runner dask needs --address, where the Dask scheduler is: tcp://host:8786")
    if request.address and name != DASK:
        raise UsageError(f"--address is of a Dask cluster, for --runner dask; this is --runner {name}")
    if name in (LOCAL, DASK):
        return telling(notify(), lambda: ingest(request, progress=progress), warn)
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in found:
        raise UsageError(f"there is no runner {name!r}; there are {', '.join(['auto', LOCAL, DASK, *sorted(found)])}")
    outcome: IngestResult = found[name].load()(request, progress)
    return outcome


def prefect_is_configured() -> bool:
    """Return whether Prefect's settings name an API: environment, active profile, or a file in this folder.

    Reads the files themselves, since importing Prefect takes seconds.
    """
    if os.environ.get("PREFECT_API_URL"):
        return True
    here = [_toml(Path("prefect.toml")), _toml(Path("pyproject.toml")).get("tool", {}).get("prefect", {})]
    if any(settings.get("api", {}).get("url") for settings in here):
        return True
    home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect")
    profiles = _toml(Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml"))
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active")
    return bool(profiles.get("profiles", {}).get(active, {}).get("PREFECT_API_URL"))


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}

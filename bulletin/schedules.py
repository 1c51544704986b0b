"""What will run when: the deployments of `prefect.yaml`, their times in words, and what is wrong with them.

Prefect itself says what is wrong only when the deployment is made, or when a run fails at night. It takes seconds to
import; what is read here is the file, and the flows as text.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import yaml
from cronsim import CronSim, CronSimError

from bulletin.errors import UsageError


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a deployment runs."""

    cron: str
    timezone: str = "UTC"
    active: bool = True


@dataclass(frozen=True, slots=True)
class Deployment:
    """A flow with its parameters, to be run by name or by a clock."""

    name: str
    entrypoint: str
    """`flows/ingest.py:ingest`."""
    schedules: tuple[Schedule, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    limited: bool = False
    """Whether it says that one run at a time is enough."""

    @property
    def flow(self) -> str:
        """Name of the flow: that of its function."""
        return self.entrypoint.rpartition(":")[2].replace("_", "-")


def read(file: Path) -> tuple[Deployment, ...]:
    """Return the deployments that the file describes.

    Raises:
        UsageError: there is no such file, or it is no list of deployments; the message says where.
    """
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}; --file names another") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not YAML: {error}") from error
    listed = content.get("deployments") if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise UsageError(f"{file}: it has no list of `deployments`")
    return tuple(_deployment(entry, at, file) for at, entry in enumerate(listed, start=1))


def _deployment(entry: Any, at: int, file: Path) -> Deployment:
    if not isinstance(entry, dict) or not entry.get("name") or ":" not in str(entry.get("entrypoint", "")):
        raise UsageError(
            f"{file}: deployment {at} is {entry!r}; it needs a `name` and an `entrypoint` as in flows/ingest.py:ingest"
        )
    times = entry.get("schedules") or ([entry["schedule"]] if entry.get("schedule") else [])
    found = []
    for time in times:
        if not isinstance(time, dict) or not isinstance(time.get("cron"), str):
            raise UsageError(f"{file}: a schedule of {entry['name']} is {time!r}; it is read as {{cron: '0 6 * * *'}}")
        found.append(Schedule(time["cron"], str(time.get("timezone", "UTC")), bool(time.get("active", True))))
    return Deployment(
        str(entry["name"]),
        str(entry["entrypoint"]),
        tuple(found),
        dict(entry.get("parameters") or {}),
        entry.get("concurrency_limit") is not None,
    )


def problems(deployment: Deployment, root: Path) -> Iterator[str]:
    """Yield what is wrong with a deployment of the project in that folder, in sentences that say what to do."""
    name = f"{deployment.flow}/{deployment.name}"
    for schedule in deployment.schedules:
        if schedule.timezone not in available_timezones():
            yield f"{name}: there is no time zone {schedule.timezone!r}; one is Asia/Shanghai, Europe/Berlin or UTC"
        try:
            CronSim(schedule.cron, datetime.now(UTC))
        except CronSimError as error:
            yield f"{name}: cron {schedule.cron!r}: {error}; it is minute, hour, day, month, weekday: '0 6 * * *'"
    path, _, function = deployment.entrypoint.rpartition(":")
    accepted = _parameters(root / path, function)
    if accepted is None:
        yield f"{name}: there is no function {function!r} in {path}: correct its `entrypoint`"
        return
    for parameter in deployment.parameters:
        if parameter not in accepted:
            yield f"{name}: the flow takes no parameter {parameter!r}; it takes {', '.join(accepted)}"
    if deployment.schedules and not deployment.limited:
        yield f"{name}: give it a `concurrency_limit` of 1, or runs may pile up behind a slow one"


def _parameters(file: Path, function: str) -> list[str] | None:
    """Return the parameters of the function; None where there is none of that name."""
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
    return None


def words(deployment: Deployment, now: datetime, times: int) -> Iterator[str]:
    """Yield lines that say when it runs: each schedule in words, and its next times in its own time zone."""
    given = ", ".join(f"{name}={value}" for name, value in deployment.parameters.items())
    yield f"{deployment.flow}/{deployment.name}" + (f"  ({given})" if given else "")
    if not deployment.schedules:
        yield f"  only when asked: prefect deployment run '{deployment.flow}/{deployment.name}'"
    for schedule in deployment.schedules:
        yield from _times(schedule, now, times)


def _times(schedule: Schedule, now: datetime, times: int) -> Iterator[str]:
    try:
        clock = CronSim(schedule.cron, now.astimezone(ZoneInfo(schedule.timezone)))
    except (CronSimError, KeyError, ValueError, OSError):
        yield f"  never: {schedule.cron} ({schedule.timezone}) is no schedule"
        return
    paused = "" if schedule.active else ", paused"
    yield f"  {clock.explain()}, {schedule.timezone} time ({schedule.cron}{paused})"
    if schedule.active:
        yield "  next: " + ", ".join(f"{next(clock):%a %Y-%m-%d %H:%M %Z}" for _ in range(times))

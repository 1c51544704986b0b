"""The flow `rebuild`: the warehouse made anew beside the old one from what was received, and compared with it."""

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.logging import get_run_logger
from prefect.states import Failed

from bulletin import settings
from bulletin.rebuild import rebuild as replay
from bulletin.rebuild_words import rebuild_words


@flow(name="rebuild", persist_result=False, timeout_seconds=24 * 3600)
def rebuild(paths: list[str] | None = None, warehouse: Path | str | None = None, replace: bool = False) -> Any:
    """Replay all loads and compare value for value; the run counts as failed where the two differ.

    Args:
        paths: where the documents are; `raw` where none is given.
        warehouse: the DuckDB file; that of the settings where none is given.
        replace: put the new one in the place of the old one if they are equal; the old one is kept.
    """
    request = settings.request_of(paths or ["raw"], warehouse=warehouse, wait=900.0)
    found = replay(request, swap=replace)
    said = "\n".join(rebuild_words(found))
    get_run_logger().info(said)
    create_markdown_artifact(f"```\n{said}\n```", key="rebuild", description="The new warehouse and the old one")
    return None if found.equal or not found.compared else Failed(message="the two warehouses differ")

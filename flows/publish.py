"""The flow `publish`: `series` in the formats of the field, for whoever takes them from a folder."""

from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.logging import get_run_logger

from bulletin import settings
from bulletin.exports import FORMATS, export
from bulletin.lake import place_of
from bulletin.warehouse import reading
from schemas.catalogue import load_catalogue


@flow(name="publish", persist_result=False, timeout_seconds=3600)
def publish(
    folder: Path = Path("warehouse/export"),
    warehouse: Path | str | None = None,
    formats: list[str] | None = None,
    indicators: list[str] | None = None,
) -> int:
    """Write the exports into the folder and return how many values they hold; what did not change is not touched.

    Args:
        folder: its own: each format is a folder in it.
        warehouse: the DuckDB file; that of the settings where none is given. While a run writes it, its snapshot.
        formats: sdmx, datapackage, parquet, csvw; all where none is given.
        indicators: only these.
    """
    places = settings.paths()
    names = {key: dimension.name for key, dimension in load_catalogue(*places.catalogues).dimensions.items()}
    with reading(place_of(warehouse) if warehouse else places.warehouse) as opened:
        done = export(opened, folder, formats or tuple(FORMATS), indicators=indicators or (), names=names)
    get_run_logger().info("%s: %d values, %d files are new or different", folder, done.rows, len(done.written))
    listed = "\n".join(f"- {name}" for name in done.written) or "nothing changed"
    create_markdown_artifact(f"`{folder}`: {done.rows:,} values\n\n{listed}", key="export", description="What is new")
    return done.rows

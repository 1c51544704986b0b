"""What the warehouse holds that new facts must agree with."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from bulletin.check import Held
from bulletin.model import Observation, Resolved
from bulletin.settings import WAIT
from bulletin.warehouse.store import Warehouse
from schemas.catalogue import Catalogue

_FACTS = """
    SELECT f.*, d.document, d.sha256, d.publisher, d.published
    FROM fact_observation AS f JOIN current_document AS d USING (document_id)
    WHERE f.status IN ('accepted', 'quarantined')
        AND f.indicator IN (SELECT unnest(?)) AND f.area IN (SELECT unnest(?))
        AND d.document NOT IN (SELECT unnest(?))
        AND f.observation_id NOT IN (
            SELECT unnest(observation_ids) FROM issue WHERE rule = 'contract' AND state = 'open'
        )
    ORDER BY f.observation_id
"""


def held_facts(path: Path, resolved: Sequence[Resolved], catalogue: Catalogue, wait: float = WAIT) -> Held:
    """Return the facts of other documents that could agree or disagree with these, and what was dismissed.

    They are those of the same areas, of the same indicators and of any that the catalogue ties to them by a ratio: no
    comparison reaches further, so that each of these facts can be judged anew with nothing missing.
    """
    found = {(fact.indicator, fact.area) for item in resolved for fact in item.facts if isinstance(fact, Observation)}
    if not path.is_file() or not found:
        return Held()
    with Warehouse(path, read_only=True, wait=wait) as warehouse:
        ready = warehouse.is_ready(catalogue)
    if not ready:  # it was made by an earlier version, or with another catalogue
        with Warehouse(path, wait=wait) as warehouse:
            warehouse.prepare(catalogue)
    with Warehouse(path, read_only=True, wait=wait) as warehouse:
        indicators = sorted(tied_to({indicator for indicator, _ in found}, catalogue))
        areas = sorted({area for _, area in found})
        table = warehouse.table(_FACTS, [indicators, areas, [item.document.key for item in resolved]])
        dismissed = warehouse.rows("SELECT issue FROM issue WHERE state = 'dismissed'")
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return Held(frame, frozenset(row["issue"] for row in dismissed))


def tied_to(indicators: Iterable[str], catalogue: Catalogue) -> set[str]:
    """Return the indicators and all that ratios tie to them, directly or by others."""
    reached = set(indicators)
    ties = [{entry.id, *entry.ratio} for entry in catalogue.indicators.values() if entry.ratio]
    while True:
        more = set().union(*(tie for tie in ties if tie & reached)) - reached if ties else set()
        if not more:
            return reached
        reached |= more

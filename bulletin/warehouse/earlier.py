"""What the warehouse holds of the vintage before, of documents that are read anew."""

from collections.abc import Sequence

import pandas as pd

from bulletin.model import Resolved
from bulletin.warehouse.documents import metadata_sha256
from bulletin.warehouse.store import Warehouse
from schemas.catalogue import Catalogue

_BEFORE = """
    SELECT document, max(vintage) + 1 AS superseded_by,
        arg_max({'id': document_id, 'sha256': sha256, 'metadata_sha256': metadata_sha256}, vintage)
            FILTER (WHERE refused IS NULL AND status = 'loaded') AS before
    FROM dim_document WHERE document IN (SELECT unnest(?)) GROUP BY document HAVING before IS NOT NULL
"""
"""Of each document the last vintage that was read and let in, and the number that the next one has."""


def earlier_facts(
    warehouse: Warehouse, resolved: Sequence[Resolved], catalogue: Catalogue, columns: str, condition: str
) -> pd.DataFrame:
    """Return the accepted facts of the vintage before of each document whose bytes or sidecar are others now.

    The same bytes under the same sidecar, read again, are no new vintage of what was published: a difference would come
    from the catalogue.

    Args:
        warehouse: that is asked.
        resolved: the documents as read now.
        catalogue: whose indicators are meant.
        columns: SQL: what is wanted of a fact `f` and its document `d`.
        condition: SQL: ` AND ...`, what must hold of a fact `f`.
    """
    now = {item.document.key: (item.document.sha256, metadata_sha256(item.document.metadata)) for item in resolved}
    found = warehouse.rows(_BEFORE, [list(now)])
    before = {
        row["before"]["id"]: row["superseded_by"]
        for row in found
        if (row["before"]["sha256"], row["before"]["metadata_sha256"]) != now[row["document"]]
    }
    if not before:
        return pd.DataFrame()
    table = warehouse.table(
        f"""
        SELECT {columns}, d.vintage::VARCHAR AS vintage, before.number::VARCHAR AS superseded_by, false AS judged
        FROM (SELECT unnest($ids) AS document_id, unnest($numbers) AS number) AS before
        JOIN dim_document AS d USING (document_id) JOIN fact_observation AS f USING (document_id)
        WHERE f.status = 'accepted' AND f.indicator IN (SELECT unnest($indicators)) {condition}
        ORDER BY f.observation_id
        """,
        {"ids": list(before), "numbers": list(before.values()), "indicators": list(catalogue.indicators)},
    )
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame

"""The frames that the contracts hold: column types that pandas, pandera and DuckDB agree on, decimals exact.

Imports pandas; only the checking and loading stages need it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

DECIMAL = pa.decimal128(38, 10)
"""28 digits before the point, which holds the world's data traffic in bytes, and 10 behind it."""
_PLACES = Decimal("1E-10")
_WIDE = Context(prec=38)


def frame_of(rows: Sequence[Mapping[str, Any]], types: Mapping[str, pa.DataType]) -> pd.DataFrame:
    """Return the rows as a frame of Arrow columns, one for each of `types`, indexed 0, 1, 2, ..."""
    frame: pd.DataFrame = table_of(rows, types).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def table_of(rows: Sequence[Mapping[str, Any]], types: Mapping[str, pa.DataType]) -> pa.Table:
    """Return the rows as an Arrow table, one column for each of `types`."""
    arrays = [pa.array(_column(rows, name, kind), kind) for name, kind in types.items()]
    return pa.Table.from_arrays(arrays, names=list(types))


def _column(rows: Iterable[Mapping[str, Any]], name: str, kind: pa.DataType) -> list[Any]:
    if kind == DECIMAL:
        return [_exact(row.get(name)) for row in rows]
    return [row.get(name) for row in rows]


def _exact(value: Any) -> Any:
    """Return the decimal cut to the ten places that the column has; only a fraction such as 2/3 is longer."""
    return None if value is None else value.quantize(_PLACES, context=_WIDE)


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield each row as a dictionary; `to_dict("records")` compiles a class for every frame, which costs more."""
    names = [str(name) for name in frame.columns]
    for values in zip(*(frame[name].tolist() for name in names), strict=True):
        yield dict(zip(names, values, strict=True))

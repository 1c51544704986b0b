"""The contract of an observation, a mention resolved against the catalogue: the SDMX data structure definition."""

import pandas as pd
import pandera.pandas as pa

from schemas.catalogue import Catalogue, Dimension
from schemas.concepts import Direction, Measure

_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
PERIOD = rf"^(?:\d{{4}}(?:-H[12]|-Q[1-4])?|{_MONTH}(?:/{_MONTH})?)$"
DIFFERENCES = (Measure.CHANGE.value, Measure.GROWTH_RATE.value)


def observation_contract(catalogue: Catalogue) -> pa.DataFrameSchema:
    """Return the contract: known codes only, a direction with every difference, and a period."""
    members = {
        dimension.id: pa.Column(nullable=True, checks=_is_member(dimension))
        for dimension in catalogue.dimensions.values()
    }
    return pa.DataFrameSchema(
        {
            "indicator": pa.Column(checks=pa.Check.isin(list(catalogue.indicators))),
            "measure": pa.Column(checks=pa.Check.isin([measure.value for measure in Measure])),
            "direction": pa.Column(nullable=True, checks=pa.Check.isin([way.value for way in Direction])),
            "unit": pa.Column(checks=pa.Check.isin(list(catalogue.units))),
            "area": pa.Column(checks=pa.Check.str_length(1, 100)),
            "period": pa.Column(nullable=True, checks=pa.Check.str_matches(PERIOD)),
            "base_period": pa.Column(nullable=True, checks=pa.Check.str_matches(PERIOD)),
            **members,
        },
        checks=[
            pa.Check(_has_period, name="period_is_known"),
            pa.Check(_direction_fits, name="direction_goes_with_differences"),
            pa.Check(_base_is_earlier, name="base_period_is_earlier"),
        ],
        strict=False,
        name="observation",
    )


def _is_member(dimension: Dimension) -> pa.Check:
    if not dimension.forms:
        return pa.Check.isin(list(dimension.members))
    return pa.Check(lambda column: column.map(dimension.holds), name=f"member_of_{dimension.id}")


def _has_period(frame: pd.DataFrame) -> pd.Series:
    return frame["period"].notna()


def _direction_fits(frame: pd.DataFrame) -> pd.Series:
    return frame["measure"].isin(DIFFERENCES) == frame["direction"].notna()


def _base_is_earlier(frame: pd.DataFrame) -> pd.Series:
    compared = frame["base_period"].notna() & frame["period"].notna()
    earlier = frame["base_period"].fillna("").astype(str).str[-7:] < frame["period"].fillna("").astype(str).str[-7:]
    return earlier | ~compared

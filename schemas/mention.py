"""The contract of a mention: a stated number as printed, before anything says what it counts."""

import pandera.pandas as pa

from schemas.catalogue import Catalogue
from schemas.concepts import Bound


def mention_contract(catalogue: Catalogue) -> pa.DataFrameSchema:
    """Return the contract; a broken one names the field and what was found."""
    return pa.DataFrameSchema(
        {
            "quote": pa.Column(checks=pa.Check.str_length(1, 500), description="Number and unit as printed"),
            "start": pa.Column(checks=pa.Check.ge(0)),
            "value": pa.Column(checks=pa.Check(lambda value: value >= 0, name="value_is_not_negative")),
            "decimals": pa.Column(checks=pa.Check.in_range(0, 10)),
            "bound": pa.Column(checks=pa.Check.isin([bound.value for bound in Bound])),
            "mention_unit": pa.Column(nullable=True, checks=pa.Check.isin(list(catalogue.units))),
        },
        checks=[pa.Check(lambda frame: frame["end"] > frame["start"], name="quote_has_a_length")],
        strict=False,
        name="mention",
    )

"""The contract of a fact: an observation that may be loaded as accepted. The quality rules are its checks."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.evaluate import Judged, evaluate
from schemas.rules import Rule
from schemas.stated import Stated

Sink = Callable[[Rule, Sequence[Judged]], None]


def fact_contract(stated: Stated, rules: Sequence[Rule], sink: Sink) -> pa.DataFrameSchema:
    """Return the contract of the frame that is indexed, with a check for each rule; `sink` is given what a rule judged.

    A check returns a row mask: false for each row that takes part in a broken comparison.
    """
    return pa.DataFrameSchema(
        {
            "lower": pa.Column(nullable=True),
            "upper": pa.Column(nullable=True),
        },
        checks=[
            pa.Check(_interval_holds_value, name="interval_holds_value"),
            *(_check(rule, stated, sink) for rule in rules),
        ],
        strict=False,
        name="fact",
    )


def _interval_holds_value(frame: pd.DataFrame) -> pd.Series:
    low = (frame["lower"] <= frame["value"]).fillna(True)
    high = (frame["value"] <= frame["upper"]).fillna(True)
    return low & high


def _check(rule: Rule, stated: Stated, sink: Sink) -> pa.Check:
    def mask(frame: pd.DataFrame) -> pd.Series:
        judged = list(evaluate(rule, stated))
        sink(rule, judged)
        kept = np.ones(stated.size, dtype=bool)
        for item in judged:
            kept[item.rows[item.codes == 1].ravel()] = False
        return pd.Series(kept, index=frame.index)

    return pa.Check(mask, name=rule.id)

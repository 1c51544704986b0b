"""The contract of a fact: an observation that may be loaded as accepted. The quality rules are its checks."""

from collections.abc import Callable, Sequence

import pandas as pd
import pandera.pandas as pa

from schemas.catalogue import Catalogue
from schemas.concepts import Outcome
from schemas.rules import Evaluation, Rule

Sink = Callable[[Rule, Sequence[Evaluation]], None]


def fact_contract(catalogue: Catalogue, rules: Sequence[Rule], sink: Sink) -> pa.DataFrameSchema:
    """Return the contract with a check for each rule; `sink` is given everything that a rule evaluated.

    A check returns a row mask: false for each row that takes part in a failed comparison.
    """
    return pa.DataFrameSchema(
        {
            "lower": pa.Column(nullable=True),
            "upper": pa.Column(nullable=True),
        },
        checks=[
            pa.Check(_interval_holds_value, name="interval_holds_value"),
            *(_check(rule, catalogue, sink) for rule in rules),
        ],
        strict=False,
        name="fact",
    )


def _interval_holds_value(frame: pd.DataFrame) -> pd.Series:
    low = (frame["lower"] <= frame["value"]).fillna(True)
    high = (frame["value"] <= frame["upper"]).fillna(True)
    return low & high


def _check(rule: Rule, catalogue: Catalogue, sink: Sink) -> pa.Check:
    def mask(frame: pd.DataFrame) -> pd.Series:
        evaluations = list(rule.evaluate(frame, catalogue))
        sink(rule, evaluations)
        failed = {row for found in evaluations if found.outcome is Outcome.FAIL for row in found.rows}
        return pd.Series([row not in failed for row in frame.index], index=frame.index)

    return pa.Check(mask, name=rule.id)

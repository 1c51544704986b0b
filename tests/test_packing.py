"""Records that go from one process to another."""

import gc
from dataclasses import FrozenInstanceError, fields
from decimal import Decimal
from typing import Any

import pytest

from bulletin.model import Block, Mention, Metadata, Observation
from bulletin.packing import packed, unpacked
from schemas.concepts import Bound, Measure

MENTION = Mention(
    quote="1.032 billion",
    start=3,
    end=16,
    value=Decimal("1032000000"),
    decimals=3,
    half_unit=Decimal(500_000),
    unit=None,
    bound=Bound.MORE_THAN,
)
OBSERVATION = Observation(
    mention=MENTION,
    indicator="internet_users",
    members=(("residence", "rural"),),
    unit="person",
    measure=Measure.LEVEL,
    direction=None,
    area="CN",
    period="2021-12",
)


@pytest.mark.parametrize("record", [MENTION, OBSERVATION, Metadata(title="Report"), Block("paragraph", 0, 9)])
def test_a_record_comes_out_as_it_went_in(record: Any) -> None:
    """What is unpacked is equal to what was packed, of the same type, and as frozen."""
    found = unpacked(packed(record))
    assert (found, type(found)) == (record, type(record))
    with pytest.raises(FrozenInstanceError):
        setattr(found, fields(found)[0].name, None)


@pytest.mark.parametrize("data", [packed(MENTION), b"torn"])
def test_throwing_away_goes_on_afterwards(data: bytes) -> None:
    """Garbage is collected again once something is unpacked, or could not be."""
    try:
        unpacked(data)
    except Exception:
        assert data == b"torn"
    assert gc.isenabled()

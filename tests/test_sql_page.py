"""docs/sql.md: every query of the page gives the answer that stands below it."""

from collections.abc import Iterator

import pytest

from bulletin.warehouse import Warehouse
from tests.sql_page import answer, questions, samples


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The warehouse of the samples."""
    with Warehouse(samples(tmp_path_factory.mktemp("samples")), read_only=True) as opened:
        yield opened


def test_page_has_twenty_questions() -> None:
    """Each of the twenty has an answer."""
    assert len(list(questions())) == 20
    assert all(said.strip() for _, said in questions())


@pytest.mark.parametrize(("sql", "said"), list(questions()), ids=range(1, 21))
def test_answer_is_what_the_page_says(warehouse: Warehouse, sql: str, said: str) -> None:
    """Asked again, the query gives the answer that is printed."""
    assert answer(sql, warehouse) == said

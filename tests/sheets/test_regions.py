"""Where the tables of a sheet begin and end, and what stands around them."""

from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.addresses import address_of
from tests.samples import content
from tests.sheets import rows, workbook


def found_tables(*lines: Sequence[object]) -> list[tuple[str, list[str], tuple[str, ...]]]:
    """Return caption, addresses of the first and last cell, and notes of each table on a sheet with these rows."""
    return [
        (table.caption, [address_of(table, table.cells[at]).split(", ")[1] for at in (0, -1)], table.notes)
        for table in content(workbook(rows(*lines)), "a.xlsx").tables
    ]


HEAD, FIRST, SECOND = ("Year", "Urban", "Rural"), (2021, 748, 284), (2022, 759, 308)


@pytest.mark.parametrize(
    ("lines", "tables"),
    [
        ([HEAD, FIRST, SECOND], [("", ["A1", "C3"], ())]),
        ([("Users",), HEAD, FIRST], [("Users", ["A2", "C3"], ())]),
        ([("Users",), (None, None, "Unit: million"), HEAD, FIRST], [("Users Unit: million", ["A3", "C4"], ())]),
        ([("Users", None, "单位：万人"), (), HEAD, FIRST], [("Users 单位：万人", ["A3", "C4"], ())]),
        ([("Users",), (), ("(Unit: million)",), (), HEAD, FIRST], [("Users (Unit: million)", ["A5", "C6"], ())]),
        ([(None, "Users"), HEAD, FIRST], [("", ["B1", "C3"], ())]),
        ([HEAD, FIRST, ("Note: none",), ("more of it",)], [("", ["A1", "C2"], ("Note: none", "more of it"))]),
        ([HEAD, FIRST, (), ("注：1. 快报数",)], [("", ["A1", "C2"], ("注：1. 快报数",))]),
        ([HEAD, FIRST, (), SECOND], [("", ["A1", "C4"], ())]),
        ([HEAD, FIRST, (), ("of which",), SECOND], [("", ["A1", "C5"], ())]),
        ([HEAD, FIRST, (), HEAD, SECOND], [("", ["A1", "C2"], ()), ("", ["A4", "C5"], ())]),
        ([HEAD, FIRST, (), (None, 2021, 2022), ("Urban", 1, 2)], [("", ["A1", "C2"], ()), ("", ["B4", "C5"], ())]),
        (
            [("Table 1",), HEAD, FIRST, ("Table 2",), HEAD, SECOND, ("Source: survey",)],
            [("Table 1", ["A2", "C3"], ()), ("Table 2", ["A5", "C6"], ("Source: survey",))],
        ),
        (
            [HEAD, FIRST, (), ("Note: a",), ("Table 2",), ("Unit: %",), (), HEAD, SECOND],
            [("", ["A1", "C2"], ("Note: a",)), ("Table 2 Unit: %", ["A8", "C9"], ())],
        ),
        ([(), (), (None, *HEAD), (None, *FIRST)], [("", ["B3", "D4"], ())]),
        ([("only",), ("words",)], [("", ["A1", "A2"], ())]),
        ([], []),
    ],
)
def test_tables_on_a_sheet(
    lines: list[tuple[object, ...]], tables: list[tuple[str, list[str], tuple[str, ...]]]
) -> None:
    """A blank row divides tables with heads of their own; titles, units and notes stand apart; addresses stay."""
    assert found_tables(*lines) == tables


def test_hidden_rows_and_columns() -> None:
    """What nobody sees is left out and divides no table; a merged cell that begins there is seen further on."""

    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        for line in (HEAD, ("old", 1, 2), FIRST, (), SECOND):
            sheet.append([*line, "x"])
        sheet["A7"], sheet["B7"], sheet["C7"] = "far", 5, 6
        sheet.merge_cells("C6:C7")
        sheet["C6"] = "merged"
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[4].hidden = True
        sheet.row_dimensions[6].height = 0
        sheet.column_dimensions["B"].hidden = sheet.column_dimensions["D"].hidden = True

    (table,) = content(workbook(fill), "a.xlsx").tables
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        *((1, 1, "Year"), (1, 3, "Rural"), (3, 1, "2021"), (3, 3, "284")),
        *((5, 1, "2022"), (5, 3, "308"), (6, 3, "merged"), (7, 1, "far")),
    ]

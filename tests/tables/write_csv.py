"""A grid as a file of separated values, in the ways that spreadsheets and offices export them."""

import csv
import io

from tests.tables.grid import Grid, GridCell

LOOKS = ("comma", "titled", "tabs", "filled")
SUFFIX = ".csv"
_DELIMITERS = {"comma": ",", "titled": ";", "tabs": "\t", "filled": ","}


def write(grid: Grid, look: str) -> bytes:
    """Return the file: `titled` has title rows, a byte order mark and semicolons, `tabs` is GB18030 for Chinese.

    Merged cells leave empty fields, but `filled` repeats their text in each.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_DELIMITERS[look], lineterminator="\r\n")
    above = ((grid.title,) if look == "titled" else ()) + grid.lines_above
    writer.writerows([line] for line in above)
    covered = grid.covered if look == "filled" else {}
    for r, row in enumerate(grid.rows, start=1):
        cells = (cell or covered.get((r, c)) for c, cell in enumerate(row, start=1))
        writer.writerow([_field(cell) for cell in cells])
    if look != "comma":
        writer.writerow([])
        writer.writerows([note] for note in grid.notes)
    chinese = grid.language == "zh"
    return out.getvalue().encode({"titled": "utf-8-sig", "tabs": "gb18030" if chinese else "utf-8"}.get(look, "utf-8"))


def _field(cell: GridCell | None) -> str:
    if cell is None:
        return ""
    return "  " * cell.indent + cell.text + (f"[{cell.mark}]" if cell.mark else "")

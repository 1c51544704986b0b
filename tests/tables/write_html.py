"""A grid as a web page: with all the markup there is for tables, with none of it, and in a page of the old kind."""

from html import escape

from tests.tables.grid import Grid, GridCell

LOOKS = ("marked-up", "old", "plain", "figure")
SUFFIX = ".html"


def write(grid: Grid, look: str) -> bytes:
    """Return the page.

    `marked-up` has caption, thead, th with scope, sup and tfoot; `old` is a page laid out by tables, whose title and
    unit line are rows of the table; `plain` has td only, words around it as paragraphs; `figure` a figcaption.
    """
    language = {"en": "en", "zh": "zh-CN"}[grid.language]
    body = {"marked-up": _marked_up, "old": _old, "plain": _plain, "figure": _figure}[look](grid)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(grid.title)}</title></head>'
        f"<body>{body}</body></html>"
    ).encode()


def _marked_up(grid: Grid) -> str:
    unit = f"<br><small>{escape(grid.unit_line)}</small>" if grid.unit_line else ""
    rows = list(_rows(grid, scoped=True))
    notes = "".join(f'<tr><td colspan="{grid.width}">{escape(note)}</td></tr>' for note in grid.notes)
    foot = f"<tfoot>{notes}</tfoot>" if notes else ""
    return (
        f"<main>{_heading(grid)}{_paragraphs(grid.before)}<table><caption>{escape(grid.title)}{unit}</caption>"
        f"<thead>{''.join(rows[: grid.head])}</thead><tbody>{''.join(rows[grid.head :])}</tbody>{foot}</table></main>"
    )


def _old(grid: Grid) -> str:
    span = f'colspan="{grid.width}"'
    above = f'<tr><td {span} align="center"><b>{escape(grid.title)}</b></td></tr>'
    if grid.unit_line:
        above += f'<tr><td {span} align="right">{escape(grid.unit_line)}</td></tr>'
    notes = "".join(f"<tr><td {span}>{escape(note)}</td></tr>" for note in grid.notes)
    table = f'<table border="1">{above}{"".join(_rows(grid, sections=True))}{notes}</table>'
    words = _paragraphs(grid.heading, grid.before)
    return (
        '<table width="960" align="center"><tr><td width="160"><a href="/">Home</a><br><a href="/data">Data</a></td>'
        f"<td>{words}{table}</td></tr></table>"
    )


def _plain(grid: Grid) -> str:
    return (
        f"<div>{_heading(grid)}{_paragraphs(grid.before, grid.title, grid.unit_line)}"
        f"<table><tbody>{''.join(_rows(grid))}</tbody></table>{_paragraphs(*grid.notes)}</div>"
    )


def _figure(grid: Grid) -> str:
    unit = f" {escape(grid.unit_line)}" if grid.unit_line else ""
    notes = "".join(f"<div>{escape(note)}</div>" for note in grid.notes)
    return (
        f"<article>{_heading(grid)}{_paragraphs(grid.before)}<figure><figcaption>{escape(grid.title)}{unit}</figcaption>"
        f"<table>{''.join(_rows(grid, heads=True))}</table></figure>{notes}</article>"
    )


def _heading(grid: Grid) -> str:
    return f"<h2>{escape(grid.heading)}</h2>" if grid.heading else ""


def _paragraphs(*words: str) -> str:
    return "".join(f"<p>{escape(word)}</p>" for word in words if word)


def _rows(grid: Grid, *, scoped: bool = False, heads: bool = False, sections: bool = False) -> list[str]:
    covered = grid.covered
    rows = []
    for r, row in enumerate(grid.rows, start=1):
        cells = [(c, cell) for c, cell in enumerate(row, start=1) if (r, c) not in covered]
        if sections and [bool(cell) for _, cell in cells] == [True] + [False] * (grid.width - 1):
            cells = [(1, GridCell(cells[0][1].text, columns=grid.width))]  # type: ignore[union-attr]
        fields = "".join(_cell(cell, c, scoped=scoped, heads=heads) for c, cell in cells)
        rows.append(f"<tr>{fields}</tr>")
    return rows


def _cell(cell: GridCell | None, column: int, *, scoped: bool, heads: bool) -> str:
    if cell is None:
        return "<td></td>"
    tag, scope = "td", ""
    if cell.header and (scoped or heads):
        tag, scope = "th", ' scope="col"' if scoped else ""
    elif scoped and column == 1 and not cell.fact:
        tag, scope = "th", ' scope="row"'
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    mark = f"<sup>{escape(cell.mark)}</sup>" if cell.mark else ""
    return f"<{tag}{scope}{spans}>{'&emsp;' * cell.indent}{escape(cell.text)}{mark}</{tag}>"

"""A grid as a table of a Markdown file, which knows one header row and no merged cells."""

from tests.tables.grid import Grid, GridCell

LOOKS = ("pipes", "bare", "noted")
SUFFIX = ".md"


def write(grid: Grid, look: str) -> bytes:
    """Return the file: with outer bars, `bare` without them, `noted` with bold headers and footnotes of Markdown."""
    lines = [f"## {grid.title}", "", *(line + "\n" for line in grid.lines_above)]
    if grid.heading:
        lines = [f"# {grid.heading}", "", f"## {grid.title}", "", *(line + "\n" for line in grid.lines_above[1:])]
    for r, row in enumerate(grid.rows):
        fields = [_field(cell, look) for cell in row]
        if look == "bare" and not fields[0].strip():
            fields[0] = "&nbsp;"  # a bar in front of a row is no empty cell
        lines.append(" | ".join(fields) if look == "bare" else f"| {' | '.join(fields)} |")
        if r == 0:
            rule = ["---"] * grid.width
            lines.append(" | ".join(rule) if look == "bare" else f"| {' | '.join(rule)} |")
    lines += [
        "",
        *(f"[^{note[0]}]: {note[2:]}" if look == "noted" and note[0].isdigit() else note for note in grid.notes),
    ]
    return ("\n".join(lines) + "\n").encode()


def _field(cell: GridCell | None, look: str) -> str:
    if cell is None or not cell.text:
        return " "
    text = f"**{cell.text}**" if look == "noted" and cell.header else cell.text
    mark = f"[^{cell.mark}]" if look == "noted" else f"[{cell.mark}]"
    return "&nbsp;" * 2 * cell.indent * (look == "noted") + text + (mark if cell.mark else "")

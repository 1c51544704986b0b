"""What came of a rebuild, as lines for a person."""

from collections.abc import Iterator

from bulletin.rebuild import Rebuilt

SHOWN = 10
"""Files of a list that are named."""


def rebuild_words(built: Rebuilt) -> Iterator[str]:
    """Yield what was rebuilt, how it compares, what is missing, and what can be done now."""
    if built.damage:
        yield f"The warehouse cannot be read: {built.damage}"
    yield f"Rebuilt: {built.documents} documents" + (f" in {built.loads} loads" if built.reference else "")
    if built.reference:
        yield f"Compared with {built.reference}:"
    for rows in built.compared:
        yield f"  {rows.kind:10} {rows.same:>12,} the same, {rows.different:,} different"
    for rows in built.compared:
        if rows.different:
            yield f"\n{rows.kind.capitalize()} that differ (the first {len(rows.lines)} of {rows.different:,}):"
            yield from (f"  {line}" for line in rows.lines)
    yield from _listed("Not rebuilt, since it cannot be read as it was", built.missing)
    yield from _listed("Never loaded; the next ingest does", built.waiting)
    yield ""
    yield from _end(built)


def _listed(title: str, names: tuple[str, ...]) -> Iterator[str]:
    if names:
        yield f"\n{title} ({len(names)}):"
        yield from (f"  {name}" for name in names[:SHOWN])
        if len(names) > SHOWN:
            yield f"  ... and {len(names) - SHOWN} more"


def _end(built: Rebuilt) -> Iterator[str]:
    if built.equal:
        yield "Equal, value for value."
    elif built.reference is None:
        yield "Nothing to compare it with: vintages whose files are gone and decisions of people are not in it."
    else:
        yield "Not equal. A catalogue or a program that changed, or files that are gone, explain it or it is an error."
    if built.replaced:
        kept = f"; the old one is kept as {built.backup}" if built.backup else ""
        yield f"It has taken the place of the warehouse{kept}."
    elif built.equal:
        yield "`--replace` puts the new one in the place of the old one."
    else:
        how = "`--replace`" if built.reference is None else "`--replace-anyway`"
        yield f"The warehouse was left as it is; the new one is {built.file}."
        yield f"{how} puts it in the place of the old one, which is kept."

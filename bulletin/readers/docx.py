"""Word documents: paragraphs, headings, items and notes with their places, and tables as they are laid out.

The body's XML is read by the standard library's parser, and walked by `bulletin/word/`.
"""

from xml.etree import ElementTree

from bulletin.content import Content
from bulletin.errors import ReaderError
from bulletin.limits import DEFAULTS, Limits, raise_it
from bulletin.model import Metadata
from bulletin.word.body import Writer
from bulletin.word.names import DEEPEST, STRICT, TRANSITIONAL, TooDeep, W
from bulletin.word.styles import Styles, styles_of
from bulletin.zipped import DamagedPackage, Package, within

SUFFIXES = (".docx", ".docm")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TAG_LIMIT = 4_000_000
"""Tags of one part; a page of tables has about 2,000, and the parser takes some 150 bytes for each."""

_BODY = "word/document.xml"


def read(data: bytes, metadata: Metadata, limits: Limits = DEFAULTS) -> Content:
    """Return the text and tables of the document's body, its notes behind them; headers and footers are left out.

    Raises:
        ReaderError: the bytes are no Word document, hold too much, or nest deeper than any document does.
    """
    try:
        package = Package(data, within(limits))
        if _BODY not in package:
            raise ReaderError(f"not a Word document that can be read: it has no part {_BODY}")
        body = _parsed(package, _BODY)
        parts = [_parsed(package, f"word/{name}.xml") for name in ("styles", "footnotes", "endnotes")]
        package.check_rest()
    except DamagedPackage as error:
        raise ReaderError(f"not a Word document that can be read: {error}") from error
    styles = styles_of(parts[0]) if parts[0] is not None else Styles()
    writer = Writer(styles, {"footnote": parts[1], "endnote": parts[2]})
    root = body.find(f"{W}body") if body is not None else None
    if root is None:
        raise ReaderError(f"not a Word document that can be read: {_BODY} has no body")
    try:
        writer.walk(root)
        writer.write_notes()
    except TooDeep as error:
        raise ReaderError(
            f"its elements are nested more than {DEEPEST} deep, which no program writes: save it anew, or leave it out "
            "with a line in .bulletinignore"
        ) from error
    text = "".join(writer.parts)
    if len(text) > limits.characters:
        raise ReaderError(f"it has {len(text):,} characters, more than {limits.characters:,}: {raise_it('characters')}")
    return Content(text, tuple(writer.blocks), tuple(writer.tables), title=writer.title or None)


def _parsed(package: Package, name: str) -> ElementTree.Element | None:
    """Return the root of a part, None where there is none; the tags are counted before the parser sees them."""
    part = package.xml(name)
    if not part:
        return None
    tags = part.count(b"<")
    if tags > TAG_LIMIT:
        raise ReaderError(f"member {name!r} has {tags:,} tags, more than the {TAG_LIMIT:,} that are read of one part")
    try:
        return ElementTree.fromstring(part.replace(STRICT, TRANSITIONAL))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReaderError(f"not a Word document that can be read: member {name!r} is no XML ({error})") from error

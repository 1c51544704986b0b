"""How much of a printed document is read; what is larger is refused with the limit named, never cut in silence."""

PAGES = 2_000
"""Pages of one document; the longest statistical yearbooks have about 1,000."""
CHARACTERS = 60_000
"""Characters of one page; a dense page of small print has about 10,000."""
ALL_CHARACTERS = 20_000_000
"""Characters of one document, as of a text."""
OBJECTS = 100_000
"""Drawn objects of one page: a map has some 10,000, a table that is ruled cell by cell about 2,000."""
RULES = 4_000
"""Lines of one page that may be a table's; a page with more is a drawing, and its lines are left out."""
DEPTH = 6
"""Forms within forms that are looked into for lines."""
CELLS = 20_000
"""Cells of one table."""
COLUMNS = 200
"""Values beside one another that are one row of a table; the widest tables of yearbooks have about 40."""
TABLES = 200
"""Tables of one page."""

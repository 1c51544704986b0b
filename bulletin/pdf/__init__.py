"""Printed pages: from characters with boxes and drawn lines to text blocks and tables.

`glyphs` and `drawing` ask PDFium; everything behind them is geometry in points, y growing downwards:
pieces (runs of characters without a wide gap) -> lines -> running heads -> tables -> columns -> paragraphs.
"""

"""Tables made from facts, so that what a reader must find in them is known: one layout, many formats.

`layouts.py` arranges facts into grids; a module `write_<format>.py` writes a grid into a file of that format.
"""

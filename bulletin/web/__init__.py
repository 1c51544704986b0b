"""The tree of a web page: what of it is its text, and what its tables hold."""

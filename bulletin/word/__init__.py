"""Word documents, from their XML to blocks and tables: `body` walks it, `text` writes a paragraph, `grid` a table."""

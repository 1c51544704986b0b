"""What a workbook says of its cells that the library which reads their values does not tell."""

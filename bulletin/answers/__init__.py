"""Answers as people take them: tables and charts in the terminal, files, pictures."""

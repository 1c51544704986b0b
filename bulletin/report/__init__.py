"""The data-quality report: one plain dict, shown as a web page, as Markdown or as JSON."""

from bulletin.report.render import render_html, render_json, render_markdown

__all__ = ["render_html", "render_json", "render_markdown"]

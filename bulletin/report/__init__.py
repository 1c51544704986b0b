"""The data-quality report: one plain dict, built from the warehouse, shown as a web page, as Markdown or as JSON."""

from bulletin.report.build import build_report
from bulletin.report.render import render_html, render_json, render_markdown

__all__ = ["build_report", "render_html", "render_json", "render_markdown"]

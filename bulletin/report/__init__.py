"""The data-quality report: one plain dict, built from the warehouse, shown as a page, Markdown, JSON or JUnit XML."""

from bulletin.report.build import build_report
from bulletin.report.junit import render_junit
from bulletin.report.render import render_html, render_json, render_markdown

__all__ = ["build_report", "render_html", "render_json", "render_junit", "render_markdown"]

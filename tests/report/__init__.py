"""Tests of the data-quality report."""

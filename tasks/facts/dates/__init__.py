"""Dates of an article."""

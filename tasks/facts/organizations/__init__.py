"""Organisations of an article."""

"""Figures of an article."""

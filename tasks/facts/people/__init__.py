"""People of an article."""

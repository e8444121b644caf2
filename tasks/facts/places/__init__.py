"""Places of an article."""

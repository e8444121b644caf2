"""Pages that came as running text."""

"""Pages that came as HTML."""

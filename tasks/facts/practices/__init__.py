"""Named practices of local governance."""

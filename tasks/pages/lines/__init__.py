"""What one line of a page says."""

"""Text that was read one byte off."""

"""Bytes decoded with the wrong charset."""

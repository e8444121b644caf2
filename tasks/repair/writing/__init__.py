"""Script, typography and invisible characters."""

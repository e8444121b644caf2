"""An article prepared for the readers of facts."""

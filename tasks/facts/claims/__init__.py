"""What a sentence claims of a practice it names: whether a place has it, which places, since when."""

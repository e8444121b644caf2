"""What is known about Chinese words, whatever they are read for: numerals, units, names, heads of names, places."""

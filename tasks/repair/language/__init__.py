"""How likely Chinese text is: pairs, triples, words."""

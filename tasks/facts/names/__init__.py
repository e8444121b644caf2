"""How Chinese personal names are built and what posts people hold: the knowledge behind people and quotes."""

"""Who is named a pilot (试点) or a model (示范) of what, by whom, and who is not: entered by ``reading``."""

"""The national gazetteer: provinces, cities, counties and townships with their codes, short forms and former names."""

from tasks.lexicon.gazetteer.divisions import Division, Gazetteer, gazetteer, places

__all__ = ["Division", "Gazetteer", "gazetteer", "places"]

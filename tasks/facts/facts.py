"""All kinds of fact of one article, read in the order in which they need one another."""

from __future__ import annotations

from tasks.facts.people import read_people
from tasks.facts.places import read_places
from tasks.facts.readings import Reading
from tasks.records import Facts


def read_facts(reading: Reading) -> Facts:
    """Everything that can be cited from ``reading``, each kind in order of its start."""
    places = read_places(reading)
    people = read_people(reading, places, ())
    return Facts(places=places.mentions, people=people, sentences=reading.sentences)

"""All kinds of fact of one article, read in the order in which they need one another."""

from __future__ import annotations

from tasks.facts.organizations import read_organizations
from tasks.facts.people import read_people
from tasks.facts.places import read_places
from tasks.facts.quotes import read_quotes
from tasks.facts.readings import Reading
from tasks.records import Facts


def read_facts(reading: Reading) -> Facts:
    """Everything that can be cited from ``reading``, each kind in order of its start."""
    places = read_places(reading)
    organizations = read_organizations(reading, places)
    people = read_people(reading, places, organizations)
    return Facts(
        places=places.mentions,
        organizations=organizations,
        people=people,
        quotes=read_quotes(reading, people),
        sentences=reading.sentences,
    )

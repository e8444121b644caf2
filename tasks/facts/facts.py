"""All kinds of fact of one article, read in the order in which they need one another."""

from __future__ import annotations

from tasks.facts.dates import read_dates
from tasks.facts.documents import read_documents
from tasks.facts.figures import read_figures
from tasks.facts.organizations import read_organizations
from tasks.facts.people import read_people
from tasks.facts.places import read_places
from tasks.facts.practices import read_practices
from tasks.facts.practices_titles import read_title_practices
from tasks.facts.quotes import read_quotes
from tasks.facts.readings import Reading
from tasks.facts.words import count_words
from tasks.records import Facts


def read_facts(reading: Reading) -> Facts:
    """Everything that can be cited from ``reading``, each kind in order of its start.

    >>> facts = read_facts(Reading("义乌市石桥社区书记周敏说：“去年新增车位120个。”"))
    >>> facts.people[0].name, facts.quotes[0].speaker, facts.figures[0].value
    ('周敏', '周敏', 120.0)
    """
    places = read_places(reading)
    organizations = read_organizations(reading, places)
    people = read_people(reading, places, organizations)
    dates = read_dates(reading)
    practices = read_practices(reading, places)
    practices += read_title_practices(reading, places, practices)
    return Facts(
        places=places.mentions,
        organizations=organizations,
        people=people,
        quotes=read_quotes(reading, people),
        dates=dates,
        figures=read_figures(reading, places, dates),
        practices=tuple(sorted(practices, key=lambda mention: mention.start_char)),
        documents=read_documents(reading),
        sentences=reading.sentences,
        words=count_words(reading),
    )

"""What a single site needs to be told: which of its elements is the title, the body, and which are neither.

Most sites need nothing. One that does gets a file named after its host with dots as underscores
(``tasks/sites/www_example_cn.py``), holding ``RULES = SiteRules(...)``, and a saved page with its expected article in
``tests/cases/pages/sites/``; nothing is registered anywhere.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

import tasks.sites


@dataclass(frozen=True, slots=True)
class SiteRules:
    """Names are ids or classes, in lower case, without ``#`` and ``.``; the first that the page has is taken.

    ``hosts`` are matched with all their subdomains. What ``removed`` names is no part of any article.
    """

    hosts: tuple[str, ...]
    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@cache
def all_rules() -> tuple[SiteRules, ...]:
    """The rules of every site that has a file in this folder, in the order of the file names."""
    found = []
    for module in sorted(pkgutil.iter_modules(tasks.sites.__path__), key=lambda entry: entry.name):
        rules = getattr(importlib.import_module(f"tasks.sites.{module.name}"), "RULES", None)
        if isinstance(rules, SiteRules):
            found.append(rules)
    return tuple(found)


def rules_for(host: str | None) -> SiteRules | None:
    """The rules of the site that ``host`` belongs to, None where it needs none.

    >>> rules_for("mp.weixin.qq.com").body
    ('js_content',)
    >>> rules_for("news.example.cn") is None
    True
    """
    if not host:
        return None
    for rules in all_rules():
        if any(host == name or host.endswith(f".{name}") for name in rules.hosts):
            return rules
    return None

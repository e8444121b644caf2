"""Properties that are worked out when they are first asked for, and kept.

``functools.cached_property`` does the same, but takes a lock each time until Python 3.12. An article asks for some
sixty of them, and no article is read by two threads: without the lock they cost a third.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
Owner = TypeVar("Owner")


class once(Generic[Value]):  # noqa: N801 - read as the decorator it is, like ``property``
    """A property kept in the instance's ``__dict__``, where it is found from then on without being asked for here.

    >>> class Article:
    ...     @once
    ...     def words(self) -> list[str]:
    ...         print("cut")
    ...         return ["村民", "议事"]
    >>> article = Article()
    >>> len(article.words), len(article.words)
    cut
    (2, 2)
    """

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__
        self._name = work_out.__name__

    def __get__(self, instance: object, owner: type | None = None) -> Value:
        value = instance.__dict__[self._name] = self._work_out(instance)
        return value


def kept(work_out: Callable[[Owner], Value]) -> Callable[[Owner], Value]:
    """The same for a function of an object that knows nothing of it: its value is kept with the object.

    >>> class Article:
    ...     text = "村民议事"
    >>> @kept
    ... def length_of(article: Article) -> int:
    ...     print("counted")
    ...     return len(article.text)
    >>> article = Article()
    >>> length_of(article), length_of(article)
    counted
    (4, 4)
    """
    name = f"{work_out.__module__}.{work_out.__qualname__}"

    @wraps(work_out)
    def ask(owner: Owner) -> Value:
        known = owner.__dict__
        if name not in known:
            known[name] = work_out(owner)
        value: Value = known[name]
        return value

    return ask

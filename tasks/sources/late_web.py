"""The web for shards that may turn out to ask nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from tasks.records import Fetched
from tasks.sources.inputs import Input
from tasks.sources.manners import FetchManners

if TYPE_CHECKING:
    from tasks.sources.web import Web


class AskedWeb(Protocol):
    """What answers questions: the web, or what opens it when the first one comes."""

    def pages(self, inputs: Sequence[Input]) -> Iterator[Fetched]:
        """One result per input as it comes: the body, or the reason why there is none. Never raises."""


class LateWeb:
    """The web as one run sees it, whose client is imported and opened for the first address that is asked.

    The client (httpx and what it needs) takes a quarter of a CPU second, of the six of a run on ten files. A shard of
    files may ask too: an archive can hold a feed that names pages. ``pauses``: see ``tasks.sources.web.Web``.
    """

    def __init__(self, manners: FetchManners, pauses: Mapping[tuple[str, str], datetime]) -> None:
        self._manners, self._pauses = manners, dict(pauses)
        self._stack = ExitStack()
        self._web: Web | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def pages(self, inputs: Sequence[Input]) -> Iterator[Fetched]:
        """One result per input as it comes: the body, or the reason why there is none. Never raises."""
        if inputs:
            yield from self._opened().pages(inputs)

    def pauses(self) -> dict[tuple[str, str], datetime]:
        """Until when hosts want to be left alone, those of earlier runs among them."""
        return self._pauses if self._web is None else self._web.pauses()

    def _opened(self) -> Web:
        if self._web is None:
            from tasks.sources.web import Web  # noqa: PLC0415 (see the class)

            self._web = self._stack.enter_context(Web(self._manners, pauses=self._pauses))
        return self._web

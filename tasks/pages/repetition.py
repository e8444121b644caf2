"""Lines that a site prints on many pages: furniture, unless the page is itself one of many copies."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.pages.lines.credits import begins_with_credit
from tasks.pages.lines.lines import Line, is_running


def remove_repeated(lines: Sequence[Line], repeated: frozenset[str]) -> None:
    """Remove the lines of a page that are in ``repeated``.

    A site that shows one article at three addresses repeats its sentences too: where more than half of the running
    text of the page would go, only links go and the rest stays. A line that names the editor or the source says so of
    each article, however few the site has of them: it stays to be read.
    """
    if not repeated:
        return
    running = [line for line in lines if not line.kind and is_running(line.text)]
    total = sum(len(line.text) for line in running)
    is_copy = sum(len(line.text) for line in running if line.text in repeated) * 2 > total
    for line in lines:
        if line.kind or line.text not in repeated or begins_with_credit(line.text):
            continue
        if not is_copy or line.link_share >= 0.5:
            line.remove("repeated", "the site prints this line on many pages")

"""Deduplicate: which articles are the same story, who printed it first, who copied it; what copies print undamaged."""

from __future__ import annotations

import polars as pl

from tasks.duplicates.sketches import SKETCH_VERSION
from tasks.engines import run_at_home
from tasks.runs import Run
from tasks.shards.restored import restore_from_twins
from tasks.shards.shard_files import write_frame
from tasks.shards.stories import write_stories
from tasks.steps import note, step
from warehouse.known import has_other_sketches


@step("deduplicate", "deduplicate: find the stories")
def find_stories_of(run: Run) -> dict[str, int]:
    """Find the stories that this run can change, or those of all articles, known and new; the counts of
    ``tasks.shards.stories``."""
    in_parts = run.builds_on_last and not has_other_sketches(run.files, SKETCH_VERSION)
    counts = run_at_home(write_stories, run.files, run.work, in_parts=in_parts)
    note("%(stories)d stories of %(articles)d articles looked at, %(links)d links from round-ups", counts)
    return counts


@step("deduplicate", "deduplicate: restore from twins")
def restore_from_twins_of(run: Run) -> int:
    """Let twins settle what damage left in doubt; how many doubts are settled."""
    settled = run_at_home(restore_from_twins, run.files, run.work)
    note("%d doubts settled by another page of the story", settled)
    return settled


def deduplicate(run: Run) -> None:
    """Write ``work.stories``, which are a function of all articles, whenever they came, and ``work.restored``.

    Where this code has made the last run, only the stories that this run can change are made anew. Where no page was
    read and none is gone, the stories are those of the last run, and nothing is written.
    """
    run.reporter.start("deduplicate", 2)
    touched = pl.read_parquet(run.work.touched_documents, glob=False)
    known = (pl.scan_parquet(run.work.known(name), glob=False) for name in ("relations", "stories"))
    articles, stories = (int(frame.select(pl.len()).collect().item()) for frame in known)
    if run.builds_on_last and touched.is_empty() and not has_other_sketches(run.files, SKETCH_VERSION):
        write_frame(pl.DataFrame(schema={"id": pl.String}), run.work.touched_twins)
        run.reporter.finish()
        run.count("deduplicate", "articles", articles, stories)
        return
    counts = find_stories_of(run)
    run.reporter.advance()
    restore_from_twins_of(run)
    run.reporter.advance()
    run.reporter.finish()
    run.count(
        "deduplicate",
        "articles",
        articles - counts["replaced_articles"] + counts["articles"],
        stories - counts["replaced_stories"] + counts["stories"],
    )

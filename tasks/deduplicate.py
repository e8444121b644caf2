"""Deduplicate: which articles are the same story, who printed it first, who copied it."""

from __future__ import annotations

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.runs import Run
from tasks.shards.stories import write_stories
from tasks.worker_pool import run_in_worker


@task(name="deduplicate", task_run_name="deduplicate: find the stories", tags={"deduplicate"}, cache_policy=NO_CACHE)
def find_stories_of(run: Run) -> dict[str, int]:
    """Find the stories of all articles, known and new; the counts of ``tasks.shards.stories``."""
    counts = run_in_worker(write_stories, run.files, run.path())
    get_run_logger().info(
        "%(stories)d stories of %(articles)d articles, %(links)d links from round-ups, %(settled)d doubts settled",
        counts,
    )
    return counts


def deduplicate(run: Run) -> None:
    """Write the story tables to ``stories/<table>/``: they are a function of all articles, whenever they came."""
    run.reporter.start("deduplicate", 1)
    counts = find_stories_of(run)
    run.reporter.advance()
    run.reporter.finish()
    run.count("deduplicate", "articles", counts["articles"], counts["stories"])

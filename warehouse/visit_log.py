"""What visits to sources found out that no page says: what index pages named and when, and how each source fared.

The log lies beside the packs of the raw store and is written like them: a run adds files and never changes one, so a
killed run loses at most what it had not written, and a warehouse can be built again with its sources' history. Pages
are never read from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import polars as pl

from tasks.records import stable_id
from warehouse.locations import Location, read_parquet, stamped, write_parquet

VisitTable = Literal["listed", "sites", "entries", "pauses", "indexes", "rechecked", "source_runs"]
_MOMENT = pl.Datetime("us", "UTC")

VISIT_SCHEMAS: dict[VisitTable, dict[str, pl.DataType]] = {
    # A page that an index page, a feed or a sitemap named, with the day and the title printed there.
    "listed": {
        "uri": pl.String(),
        "source": pl.String(),
        "site": pl.String(),
        "title": pl.String(),
        "listed_on": pl.Date(),
        "listed_at": pl.String(),
        "seen_at": _MOMENT,
    },
    # What the list of sources calls the site of a source; null where it no longer gives it a name.
    "sites": {"source": pl.String(), "site": pl.String(), "seen_at": _MOMENT},
    # How the list of sources describes a source, by a digest of its entry.
    "entries": {"source": pl.String(), "digest": pl.String(), "seen_at": _MOMENT},
    # Until when a host wants to be left alone (Retry-After), by scheme and host.
    "pauses": {"scheme": pl.String(), "host": pl.String(), "until": _MOMENT},
    # The last state of an index page: what to send so that it need not be sent again; whether an issue is complete.
    "indexes": {
        "uri": pl.String(),
        "source": pl.String(),
        "etag": pl.String(),
        "last_modified": pl.String(),
        "is_complete": pl.Boolean(),
        "asked_at": _MOMENT,
    },
    # An article that was asked for once more after some days, whether it had changed or not.
    "rechecked": {"uri": pl.String(), "asked_at": _MOMENT},
    # How one source fared in one run: the rows of core.source_runs.
    "source_runs": {
        "run_id": pl.String(),
        "source": pl.String(),
        "kind": pl.String(),
        "started_at": _MOMENT,
        "index_page_count": pl.Int64(),
        "asked_count": pl.Int64(),
        "new_count": pl.Int64(),
        "unchanged_count": pl.Int64(),
        "failed_count": pl.Int64(),
        "left_count": pl.Int64(),
        "failure_reasons": pl.List(pl.String()),
        "failure_counts": pl.List(pl.Int64()),
        "example": pl.String(),
        "seconds": pl.Float64(),
    },
}


@dataclass(frozen=True)
class VisitLog:
    """The log in ``folder``; the folder is made when something is written."""

    folder: Location

    def read(self, table: VisitTable) -> pl.DataFrame:
        """All rows of ``table``, each once, in order of their values; a file that cannot be read is passed over.

        What a damaged file held is lost without harm to a page: its index pages are read and its articles listed again.
        """
        schema = VISIT_SCHEMAS[table]
        frames = []
        for name in stamped(self.folder / table, ".parquet"):
            try:
                frames.append(read_parquet(self.folder / table / name).select(list(schema)).cast(pl.Schema(schema)))
            except (pl.exceptions.PolarsError, OSError):
                continue
        if not frames:
            return pl.DataFrame(schema=schema)
        keys = [name for name, kind in schema.items() if not kind.is_nested()]
        return pl.concat(frames).sort(keys, nulls_last=True).unique(keys, keep="first", maintain_order=True)

    def source_runs(self) -> pl.DataFrame:
        """One row per run and source; the counts of a run's shards are added up."""
        rows = self.read("source_runs")
        keys = ["run_id", "source"]
        failures = (
            rows.select(*keys, "failure_reasons", "failure_counts")
            .explode("failure_reasons", "failure_counts")
            .drop_nulls("failure_reasons")
            .group_by(*keys, "failure_reasons")
            .agg(pl.col("failure_counts").sum())
            .sort(*keys, "failure_reasons")
            .group_by(keys, maintain_order=True)
            .agg("failure_reasons", "failure_counts")
        )
        counts = [name for name in VISIT_SCHEMAS["source_runs"] if name.endswith("_count")]
        nothing = pl.lit([], dtype=pl.List(pl.String())), pl.lit([], dtype=pl.List(pl.Int64()))
        return (
            rows.group_by(keys)
            .agg(
                pl.col("kind").max(),
                pl.col("started_at").min(),
                *(pl.col(name).sum() for name in counts),
                pl.col("example").drop_nulls().min(),
                pl.col("seconds").max(),
            )
            .join(failures, on=keys, how="left")
            .with_columns(
                pl.coalesce("failure_reasons", nothing[0]).alias("failure_reasons"),
                pl.coalesce("failure_counts", nothing[1]).alias("failure_counts"),
            )
            .select(list(VISIT_SCHEMAS["source_runs"]))
            .sort(keys)
        )

    def add(self, table: VisitTable, rows: Sequence[dict[str, Any]]) -> None:
        """Write ``rows`` as one file named after what is in it; nothing where there are none."""
        if not rows:
            return
        folder = self.folder / table
        folder.mkdir(parents=True, exist_ok=True)
        frame = pl.DataFrame(list(rows), schema=VISIT_SCHEMAS[table], orient="row")
        target = folder / f"{stable_id(table, *(str(row) for row in frame.iter_rows()))}.parquet"
        write_parquet(frame, target, compression="zstd")

    def first_listed(self) -> pl.DataFrame:
        """Each listed address once: where it was seen first, with the first day and title that any index page
        printed."""
        listed = self.read("listed").sort("seen_at", "listed_at", "source", maintain_order=True)
        return (
            listed.group_by("uri", maintain_order=True)
            .agg(
                *(pl.col(name).first() for name in ("source", "listed_at", "seen_at")),
                *(pl.col(name).drop_nulls().first() for name in ("site", "title", "listed_on")),
            )
            .select(list(VISIT_SCHEMAS["listed"]))
            .sort("uri")
        )

    def sites(self) -> pl.DataFrame:
        """The name of the site of each source that has one, as the list of sources gave it last."""
        last = self.read("sites").sort("seen_at", "site").unique("source", keep="last", maintain_order=True)
        return last.drop_nulls("site").sort("source")

    def entries(self) -> pl.DataFrame:
        """The last digest of each source's entry, and since when it holds."""
        return self.read("entries").sort("seen_at", "digest").unique("source", keep="last", maintain_order=True)

    def pauses(self, now: datetime) -> dict[tuple[str, str], datetime]:
        """Until when hosts want to be left alone, where that is not over ``now``."""
        last = self.read("pauses").filter(pl.col("until") > now).group_by("scheme", "host").agg(pl.col("until").max())
        return {(scheme, host): until for scheme, host, until in last.sort("scheme", "host").iter_rows()}

    def index_states(self) -> pl.DataFrame:
        """The last state of each index page."""
        return self.read("indexes").sort("asked_at").unique("uri", keep="last", maintain_order=True).sort("uri")

"""The raw store: every body that was ever fetched, content-addressed, in Parquet packs beside the warehouse.

The store is the only truth: a warehouse can be deleted and built again from it. A pack is written once, under a name
that is the hash of its content, and never changed. A body is stored once; further inputs with the same bytes are rows
without a body.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tasks.records import Fetched, stable_id

PACK_SCHEMA: dict[str, pl.DataType] = {
    "uri": pl.String(),
    "source": pl.String(),
    "media_type": pl.String(),
    "charset": pl.String(),
    "fetched_at": pl.Datetime("us", "UTC"),
    "content_sha256": pl.String(),
    "byte_count": pl.Int64(),
    "reason": pl.String(),
    "detail": pl.String(),
    "body": pl.Binary(),
}
INDEX_SCHEMA: dict[str, pl.DataType] = {
    **{name: data_type for name, data_type in PACK_SCHEMA.items() if name != "body"},
    "pack": pl.String(),
    "has_body": pl.Boolean(),
}


@dataclass(frozen=True)
class RawStore:
    """The packs in ``folder``; the folder is made when the first pack is written."""

    folder: Path

    def index(self) -> pl.DataFrame:
        """One row per stored input, without bodies, in order of uri and content; ``pack`` names the file it is in."""
        frames = [
            pl.scan_parquet(pack)
            .with_columns(pack=pl.lit(pack.name), has_body=pl.col("body").is_not_null())
            .select(list(INDEX_SCHEMA))
            for pack in sorted(self.folder.glob("*.parquet"))
        ]
        if not frames:
            return pl.DataFrame(schema=INDEX_SCHEMA)
        return pl.concat(frames).collect().sort("uri", "content_sha256", "reason", "pack", nulls_last=True)

    def add(self, inputs: Iterable[Fetched], known: pl.DataFrame) -> pl.DataFrame:
        """Write one pack of those ``inputs`` that are not in ``known`` (an index); the index rows of all ``inputs``.

        An input is known by its uri and the hash of its body, a failure by its uri and reason. Rows are in order of
        uri, so that the same inputs make the same pack whatever order they came in.
        """
        rows = sorted((_row(fetched) for fetched in inputs), key=lambda row: (str(row["uri"]), _identity(row)))
        frame = pl.DataFrame({name: [row[name] for row in rows] for name in PACK_SCHEMA}, schema=PACK_SCHEMA)
        frame = frame.unique(["uri", "content_sha256", "reason"], keep="first", maintain_order=True)
        fresh = frame.join(
            known.select("uri", "content_sha256", "reason"),
            on=["uri", "content_sha256", "reason"],
            how="anti",
            nulls_equal=True,
            maintain_order="left",
        )
        stored = known.filter("has_body").select("content_sha256")
        seen_here = pl.col("content_sha256").is_duplicated() & ~pl.col("content_sha256").is_first_distinct()
        fresh = fresh.with_columns(
            body=pl.when(seen_here | pl.col("content_sha256").is_in(stored["content_sha256"].implode()))
            .then(None)
            .otherwise(pl.col("body"))
        )
        if fresh.height:
            self._write(fresh)
        return frame.drop("body")

    def bodies(self, pack: str, hashes: Iterable[str]) -> dict[str, bytes]:
        """The bodies of ``pack`` by the SHA-256 of their bytes, for those of ``hashes`` that it holds."""
        frame = (
            pl.scan_parquet(self.folder / pack)
            .filter(pl.col("body").is_not_null() & pl.col("content_sha256").is_in(sorted(set(hashes))))
            .select("content_sha256", "body")
            .collect()
        )
        return dict(frame.iter_rows())

    def _write(self, frame: pl.DataFrame) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        identities = (_identity(row) for row in frame.drop("body").iter_rows(named=True))
        target = self.folder / f"{stable_id(*identities)}.parquet"
        # A private name first, then a rename: a killed run leaves no half-written pack under a name that counts.
        draft = target.with_suffix(f".{os.getpid()}.draft")
        frame.write_parquet(draft, compression="zstd")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(target)


def document_id(uri: str, content_sha256: str) -> str:
    """The identifier of a page: a hash of its name and its bytes."""
    return stable_id(uri, content_sha256)


def _row(fetched: Fetched) -> dict[str, object]:
    body = fetched.body
    return {
        "uri": fetched.uri,
        "source": fetched.source,
        "media_type": fetched.media_type,
        "charset": fetched.charset,
        "fetched_at": fetched.fetched_at,
        "content_sha256": None if body is None else hashlib.sha256(body).hexdigest(),
        "byte_count": None if body is None else len(body),
        "reason": fetched.reason,
        "detail": fetched.detail,
        "body": body,
    }


def _identity(row: dict[str, object]) -> str:
    return f"{row['uri']}\x1f{row['content_sha256']}\x1f{row['reason']}"

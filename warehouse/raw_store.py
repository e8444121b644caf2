"""The raw store: every body that was ever fetched, content-addressed, in Parquet packs beside the warehouse.

The store is the only truth: a warehouse can be deleted and built again from it. A pack is written once, under a name
that is the hash of its content, and never changed. A body is stored once; further inputs with the same bytes are rows
without a body. A page that went back to an earlier state is a row without a body too: it says when it was seen again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from tasks.records import Fetched, RejectionReason, stable_id
from warehouse.address_spellings import with_addresses
from warehouse.locations import Location, stamped, write_parquet
from warehouse.packs import INDEX_SCHEMA, PACK_SCHEMA, Fault, check_pack, read_bodies, read_index, write_pack

_ROWS = {name: kind for name, kind in PACK_SCHEMA.items() if name != "body"}
# What names a page beside its address: told once for each row that is remembered.
_NAMES = {"document_id": pl.String(), "twin": pl.String()}
_CACHE_SCHEMA = {**INDEX_SCHEMA, **_NAMES, "stamp": pl.String()}
# Behind the start of the run that stored it: a run asks the web for half a day at most, and clocks differ by hours.
_LONGEST_FETCH = timedelta(days=7)
_FIRST_STORES = datetime(2020, 1, 1, tzinfo=UTC)  # no store is older; a clock that says so is wrong
_SET_ASIDE = "set_aside"  # the folder within the store for files that are no sound packs


@dataclass(frozen=True)
class RawStore:
    """The packs in ``folder``; the folder is made when the first pack is written.

    ``index_cache`` is a file of this machine that remembers the rows of packs that were read and found sound: a pack
    that has neither another size nor another time since then is not read again. It may be deleted at any time.
    """

    folder: Location
    index_cache: Path | None = None

    def index(self) -> pl.DataFrame:
        """One row per stored input, without bodies, in order of uri and content; ``pack`` names the file it is in.

        Rows that are no longer what was stored are left out; ``survey`` names them.
        """
        return self.survey()[0]

    def survey(self) -> tuple[pl.DataFrame, list[Fault]]:
        """The index, and what does not fit in any pack; bodies are compared when they are read, or by ``verify``."""
        index, faults = self.named_index()
        return index.select(list(INDEX_SCHEMA)), faults

    def named_index(self) -> tuple[pl.DataFrame, list[Fault]]:
        """As ``survey``, with the ``document_id`` of each page and the ``twin`` of its address
        (``warehouse.address_spellings``); null for an input without a body."""
        stamps = stamped(self.folder, ".parquet")
        remembered = self._remembered(stamps)
        known = set(remembered["stamp"])
        read = {
            name: read_index(self.folder / name) for name, stamp in stamps.items() if f"{name} {stamp}" not in known
        }
        sound = [
            _named(frame).with_columns(stamp=pl.lit(f"{name} {stamps[name]}"))
            for name, (frame, faults) in read.items()
            if not faults
        ]
        if self.index_cache is not None and sound:
            remembered = pl.concat([remembered, *sound])
            write_parquet(remembered, self.index_cache, compression="zstd", compression_level=1)
            sound = []
        frames = [remembered.drop("stamp"), *(frame.drop("stamp") for frame in sound)]
        frames += [_named(frame) for frame, faults in read.values() if faults]
        index = pl.concat(frames).sort("uri", "content_sha256", "reason", "pack", nulls_last=True)
        return index, [fault for _, faults in read.values() for fault in faults]

    def _remembered(self, stamps: Mapping[str, str]) -> pl.DataFrame:
        """The rows of ``index_cache`` whose packs are still there and as they were."""
        empty = pl.DataFrame(schema=_CACHE_SCHEMA)
        if self.index_cache is None or not self.index_cache.exists():
            return empty
        try:
            frame = (
                pl.read_parquet(self.index_cache, glob=False).select(list(_CACHE_SCHEMA)).cast(pl.Schema(_CACHE_SCHEMA))
            )
        except (pl.exceptions.PolarsError, OSError):
            return empty  # an earlier version's, or damaged: it is made anew
        return frame.filter(pl.col("stamp").is_in([f"{name} {stamp}" for name, stamp in stamps.items()]))

    def packs(self) -> list[Location]:
        """The files of the store, in order of their names."""
        return sorted(self.folder.glob("*.parquet"))

    def verify(self) -> Iterator[tuple[Location, int, list[Fault]]]:
        """Each pack with the number of its sound rows and what does not fit in it, every body compared."""
        for pack in self.packs():
            frame, faults = check_pack(pack)
            yield pack, frame.height, faults

    def set_aside(self, pack: Location) -> Location:
        """Move a damaged pack out of the way and write what is sound in it anew; where the file went to.

        What was lost with it is asked for again by the next run that is given its source.
        """
        sound, _ = check_pack(pack)
        bodies = read_bodies(pack, sound.filter("has_body")["content_sha256"])
        kept = [bodies[row[0]] if row[1] else None for row in sound.select("content_sha256", "has_body").iter_rows()]
        aside = self.folder / _SET_ASIDE / pack.name
        aside.parent.mkdir(exist_ok=True)
        pack.replace(aside)  # type: ignore[arg-type]  # both are on a disk, or both in an object store
        if sound.height:
            self._write(sound, kept, [_SET_ASIDE])
        return aside

    def add(self, inputs: Iterable[Fetched], known: pl.DataFrame, stored_at: datetime | None = None) -> pl.DataFrame:
        """Write one pack of those ``inputs`` that are not in ``known`` (an index); the index rows of all ``inputs``.

        ``stored_at`` is the start of the run: of two states of a local file, which have no time of fetching, it tells
        the later. An input is known by its uri and the hash of its body, a failure by its uri and reason. Rows are in
        order of uri, so that the same inputs make the same pack whatever order they came in.
        """
        inputs = list(inputs)
        rows = sorted(
            ((_row(fetched, stored_at), number) for number, fetched in enumerate(inputs)),
            key=lambda row: (str(row[0]["uri"]), _identity(row[0]), row[1]),
        )
        frame = pl.DataFrame({name: [row[name] for row, _ in rows] for name in _ROWS}, schema=_ROWS)
        # Bodies stay where they are: a frame copies them at every step.
        frame = frame.with_columns(number=pl.Series([number for _, number in rows], dtype=pl.Int64))
        frame = frame.unique(["uri", "content_sha256", "reason"], keep="first", maintain_order=True)
        stored = known.filter("has_body")["content_sha256"].unique()
        # A page whose bytes are nowhere to be found (its pack was set aside) is stored anew.
        held = known.filter(pl.col("content_sha256").is_null() | pl.col("content_sha256").is_in(stored.implode()))
        fresh = frame.join(
            held.select("uri", "content_sha256", "reason"),
            on=["uri", "content_sha256", "reason"],
            how="anti",
            nulls_equal=True,
            maintain_order="left",
        )
        if fresh.height:
            here = set(stored)
            bodies: list[bytes | None] = []
            for digest, number in fresh.select("content_sha256", "number").iter_rows():
                bodies.append(None if digest in here else inputs[number].body)
                here.add(digest)
            self._write(fresh, bodies)
        return frame.drop("number")

    def add_sightings(self, seen: pl.DataFrame, known: pl.DataFrame) -> None:
        """Note which addresses show a state again that the store knew, but not as the latest one of that address.

        ``seen`` is what this run found (rows of ``add``), ``known`` the index before it. All states of such an address
        are noted, so that a file of rows which gives one address to several pages has them all as its latest.
        """
        pages = seen.filter(pl.col("content_sha256").is_not_null())
        earlier = known.filter(pl.col("content_sha256").is_not_null())
        shown = pages.join(earlier.select("uri").unique(), on="uri", how="semi")
        if shown.is_empty():
            return
        earlier = with_seen_at(earlier.join(shown.select("uri").unique(), on="uri", how="semi"))
        latest = earlier.filter(pl.col("seen_at") == pl.col("seen_at").max().over("uri")).select(
            "uri", "content_sha256"
        )
        state = shown.select("uri", "content_sha256").unique()
        changed = pl.concat(
            [
                state.join(latest, on=["uri", "content_sha256"], how="anti"),
                latest.join(state, on=["uri", "content_sha256"], how="anti"),
            ]
        )
        again = with_seen_at(shown.join(changed.select("uri").unique(), on="uri", how="semi"))
        again = again.join(earlier, on=["uri", "content_sha256", "seen_at"], how="anti").drop("seen_at")
        # What this run has stored itself stands there with its time already.
        again = again.join(earlier, on=["uri", "content_sha256"], how="semi")
        if again.height:
            rows = again.select(list(_ROWS)).unique().sort("uri", "content_sha256", "stored_at")
            moments = rows["stored_at"].cast(pl.String)  # the same pages can come back more than once
            self._write(rows, [None] * rows.height, moments)

    def bodies(self, pack: str, hashes: Iterable[str]) -> dict[str, bytes]:
        """The bodies of ``pack`` by the SHA-256 of their bytes, for those of ``hashes`` that it holds and that fit."""
        return read_bodies(self.folder / pack, hashes)

    def _write(self, rows: pl.DataFrame, bodies: Sequence[bytes | None], moments: Iterable[str] = ()) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        identities = (_identity(row) for row in rows.iter_rows(named=True))
        write_pack(rows.select(list(_ROWS)), bodies, self.folder / f"{stable_id(*identities, *moments)}.parquet")


def document_id(uri: str, content_sha256: str) -> str:
    """The identifier of a page: a hash of its name and its bytes."""
    return stable_id(uri, content_sha256)


def _named(index: pl.DataFrame) -> pl.DataFrame:
    """``index`` with the columns _NAMES."""
    rows = index.select("uri", "content_sha256").iter_rows()
    ids = [None if digest is None else document_id(uri, digest) for uri, digest in rows]
    is_page = pl.col("document_id").is_not_null()
    return (
        with_addresses(index)
        .drop("address")
        .with_columns(document_id=pl.Series(ids, dtype=pl.String))
        .with_columns(twin=pl.when(is_page).then("twin"))
        .select(*INDEX_SCHEMA, *_NAMES)
    )


def with_seen_at(index: pl.DataFrame) -> pl.DataFrame:
    """``index`` with ``seen_at``: when the address showed that state, as its source tells or else when it was stored.

    What has neither, as in stores of earlier versions, counts as seen before everything else, and so does what its
    source says was fetched after it was stored: it would hide every state fetched until then.
    """
    long_ago = pl.lit(datetime(1970, 1, 1, tzinfo=UTC), dtype=PACK_SCHEMA["fetched_at"])
    seen_at = pl.coalesce("fetched_at", "stored_at", long_ago)
    return index.with_columns(seen_at=pl.when(fetched_later()).then(long_ago).otherwise(seen_at))


def fetched_later() -> pl.Expr:
    """Whether a row of an index says that it was fetched after it was stored, which earlier versions let in.

    A clock that went back to 1970 stored nothing too early: it tells nothing of what it stored.
    """
    was_stored = pl.col("stored_at") >= pl.lit(_FIRST_STORES, dtype=PACK_SCHEMA["stored_at"])
    is_later = pl.col("fetched_at") > pl.col("stored_at") + _LONGEST_FETCH
    return (was_stored & is_later).fill_null(value=False)


def times_not_believed(index: pl.DataFrame) -> pl.DataFrame:
    """The pages of ``index`` that say they were fetched after they were stored, with ``reason`` and ``detail`` as of a
    rejection: the page stays, as a state of its address that is older than every other one."""
    minute = "%Y-%m-%d %H:%M"
    detail = pl.format(
        "its source says it was fetched at {} UTC, it was stored at {} UTC: it counts as older than all else",
        pl.col("fetched_at").dt.strftime(minute),
        pl.col("stored_at").dt.strftime(minute),
    )
    pages = index.filter(fetched_later() & pl.col("content_sha256").is_not_null())
    reason: RejectionReason = "fetched_in_future"
    return pages.with_columns(reason=pl.lit(reason), detail=detail).sort("uri", "fetched_at", "content_sha256")


def _row(fetched: Fetched, stored_at: datetime | None) -> dict[str, object]:
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
        "stored_at": stored_at,
    }


def _identity(row: dict[str, object]) -> str:
    return f"{row['uri']}\x1f{row['content_sha256']}\x1f{row['reason']}"

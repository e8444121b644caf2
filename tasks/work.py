"""The files that the stages of one run exchange: each has its name here, and nobody else makes one up.

All of them lie below the work folder beside the warehouse and are deleted at the end of the run. A file is written
once, by one stage: what a later stage knows better is a file of its own, which those who read both prefer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_WHOLE = "all.parquet"  # of a table that one call writes


@dataclass(frozen=True)
class ShardedTables:
    """Rows of ``core`` tables, for each table a folder of Parquet files."""

    folder: Path

    def shard(self, table: str, name: str) -> Path:
        """The file of one worker."""
        return self.folder / table / f"{name}.parquet"

    def whole(self, table: str) -> Path:
        """The only file of a table."""
        return self.folder / table / _WHOLE

    def files(self, table: str) -> list[Path]:
        """What there is of ``table``, in order of name."""
        return sorted((self.folder / table).glob("*.parquet"))


@dataclass(frozen=True)
class WorkFolder:
    """What lies in ``folder``, in the order in which the stages write it."""

    folder: Path

    # --- at the start: what the draft warehouse shows ---------------------------------------------------------------

    @property
    def known_folder(self) -> Path:
        """What ``warehouse.known`` exports of the draft."""
        return self.folder / "known"

    def known(self, name: str) -> Path:
        """One of the exported tables: ``documents``, ``stories``, ``rejections``, ``relations``,
        ``story_ids``, ``story_aliases``."""
        return self.known_folder / f"{name}.parquet"

    # --- fetch --------------------------------------------------------------------------------------------------------

    @property
    def index(self) -> Path:
        """The index of the raw store at the start of the run."""
        return self.folder / "index.parquet"

    def fetched(self, number: int) -> Path:
        """What each input of a shard became: rows of the raw store's index."""
        return self.folder / "fetched" / f"{number:05}.parquet"

    def fetch_progress(self, number: int) -> Path:
        """How far the fetching of a shard has got (``tasks.shards.progress``)."""
        return self.folder / "progress" / f"{number:05}.json"

    def all_fetched(self) -> list[Path]:
        return sorted((self.folder / "fetched").glob("*.parquet"))

    @property
    def unread(self) -> Path:
        """``uri`` of the pages that said nothing to read when they were fetched."""
        return self.folder / "unread.parquet"

    @property
    def listings(self) -> Path:
        """What sources say of pages (``warehouse.listings.LISTING_SCHEMA``)."""
        return self.folder / "listings.parquet"

    # --- clean --------------------------------------------------------------------------------------------------------

    def order(self, group: str, number: int) -> Path:
        """Which pages a worker is to decode (``tasks.shards.texts.ORDER_SCHEMA``).

        ``group``: ``states`` of addresses that changed, ``new`` pages, pages read ``again`` for what their site
        repeats.
        """
        return self.folder / "orders" / group / f"{number:05}.parquet"

    def states(self, number: int) -> Path:
        """What each state of an address that changed shows (``warehouse.versions.VERSION_SCHEMA``)."""
        return self.folder / "states" / f"{number:05}.parquet"

    def all_states(self) -> list[Path]:
        return sorted((self.folder / "states").glob("*.parquet"))

    def text(self, group: str, number: int) -> Path:
        """Repaired pages (``tasks.shards.texts.TEXT_SCHEMA``)."""
        return self.folder / "texts" / group / f"{number:05}.parquet"

    def all_texts(self) -> dict[str, Path]:
        """The files of repaired pages of all groups, by a name of each shard."""
        paths = sorted((self.folder / "texts").glob("*/*.parquet"))
        return {f"{path.parent.name}-{path.stem}": path for path in paths}

    def lines(self, group: str, number: int) -> Path:
        """Lines that a site may repeat (``tasks.shards.texts.LINE_SCHEMA``)."""
        return self.folder / "lines" / group / f"{number:05}.parquet"

    def all_lines(self, group: str) -> list[Path]:
        return sorted((self.folder / "lines" / group).glob("*.parquet"))

    @property
    def repeated(self) -> Path:
        """``site_key`` and ``line`` of what each site repeats."""
        return self.folder / "repeated.parquet"

    @property
    def touched_sites(self) -> Path:
        """``id`` of the sites whose lines are those of this run: keys as in ``core.documents.site_key``."""
        return self.folder / "touched_sites.parquet"

    @property
    def pages(self) -> ShardedTables:
        """The tables that describe pages and articles, as the page alone tells them."""
        return ShardedTables(self.folder / "pages")

    @property
    def documents(self) -> Path:
        """Rows of ``core.documents``: all, or those of the pages that this run reads or can place otherwise; the others
        are as in ``known("documents")``."""
        return self.folder / "documents.parquet"

    @property
    def touched_documents(self) -> Path:
        """``id`` of the documents whose rows are those of this run, or that show nothing any more."""
        return self.folder / "touched_documents.parquet"

    # --- deduplicate --------------------------------------------------------------------------------------------------

    @property
    def story_texts(self) -> Path:
        """The texts of this run's articles, as their pages print them (``tasks.shards.shelf``)."""
        return self.folder / "story_texts"

    @property
    def story_samples(self) -> Path:
        """Folder of the arrays of samples (``tasks.shards.sample_arrays``)."""
        return self.folder / "story_samples"

    @property
    def stories(self) -> ShardedTables:
        """Sketches and the tables of the stories that this run has made anew."""
        return ShardedTables(self.folder / "stories")

    @property
    def replaced_stories(self) -> Path:
        """``id`` of the stories of earlier runs whose place those of ``stories`` take."""
        return self.folder / "replaced_stories.parquet"

    @property
    def restored(self) -> ShardedTables:
        """What twins settle: rows that are preferred to those of the same key in ``pages`` and ``documents``."""
        return ShardedTables(self.folder / "restored")

    @property
    def touched_twins(self) -> Path:
        """``id`` of the documents whose repairs by twins are those of this run."""
        return self.folder / "touched_twins.parquet"

    # --- extract ------------------------------------------------------------------------------------------------------

    def to_extract(self, name: str) -> Path:
        """The articles of one shard, as ``tasks.shards.facts`` wants them."""
        return self.folder / "to_extract" / f"{name}.parquet"

    @property
    def facts(self) -> ShardedTables:
        """The tables of facts."""
        return ShardedTables(self.folder / "facts")

    @property
    def touched_facts(self) -> Path:
        """``id`` of the articles whose facts are those of this run, or that have none of their own any more."""
        return self.folder / "touched_facts.parquet"

    # --- load ---------------------------------------------------------------------------------------------------------

    @property
    def loaded(self) -> ShardedTables:
        """What is no result of a stage: the gazetteer's places, and what the raw store remembers as refused."""
        return ShardedTables(self.folder / "loaded")

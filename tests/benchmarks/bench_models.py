"""What models and checks cost on a generated warehouse: CPU seconds and peak memory at 10,000 and 100,000 articles.

``python -m tests.benchmarks.bench_models [ARTICLES ...]`` fills the core tables directly, with as many facts to an
article as real ones have (a practice in each second one, 200 words, 20 sentences), builds all models, runs all checks
and asks for one panel. Each size runs in a process of its own; what grows faster than the articles shows as a ratio
above. Rows of an article stand together, as loading writes them: scattered, whatever groups them takes twice the time.
terms_by_month grows with its rows, since three stories of a month are seldom at 10,000 articles (47,000 rows) and
usual at 100,000 (2,900,000).
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tasks.catalogue import catalogue
from tasks.lexicon.gazetteer import places
from warehouse.models import _model_files, all_checks, attachable, build_models, create_tables

_PARAGRAPH = "石狮市推行邻里茶桌，320户居民参加，每周三晚上在巷口开门，有事坐下来商量，办不成的也写明缘由。"
_PARAGRAPHS = 10

# One statement for each core table; $n is the number of articles. Every fifth article is a reprint of the one before.
_FILL = """
create temp table counties as
    select adcode, full_name, row_number() over (order by adcode) - 1 as number from core.places where level = 'county';
create temp table made as
    select
        i, printf('%020x', i) as article_id, printf('d%019x', i) as document_id,
        printf('%020x', i - if(i % 5 = 4, 1, 0)) as canonical, i % 5 = 4 as is_copy,
        date '2010-01-01' + (hash(i) % 5000)::integer as published_on,
        '站点' || hash(i, 1) % 400 as site, hash(i, 2) % (select count(*) from counties) as county,
        (hash(i, 3) % 1000 * (hash(i, 4) % 1000) / 1000)::bigint as practice
    from range($n) as t(i);
insert into core.documents by name
    select document_id, 'https://s' || hash(i, 1) % 400 || '.example/' || i ||
        '.html' as uri, md5(i::varchar) as content_sha256,
        'bench' as source, 'text/html' as media_type, 'utf-8' as charset, 4000 as byte_count, 'loaded' as status,
        's' || hash(i, 1) % 400 || '.example' as site_key, length($text)
            - $paragraphs + 1 as char_count, 0 as lost_char_count
    from made;
insert into core.articles by name
    select article_id, document_id, 0 as ordinal, '标题' || i as title, published_on, 'day' as published_precision, site,
        $text as text, length($text) as char_count, true as is_complete
    from made;
insert into core.paragraphs by name
    select article_id, p::integer as ordinal, 'paragraph' as kind, $paragraph as text,
        (p * (length($paragraph) + 1))::integer as start_char,
        (p * (length($paragraph) + 1) + length($paragraph))::integer as end_char
    from made cross join range($paragraphs) as t(p);
insert into core.blocks by name
    select document_id, p::integer as ordinal, 'paragraph' as kind, article_id, length($paragraph) as char_count
    from made cross join range($paragraphs) as t(p);
insert into core.sentences by name
    select m.article_id, p.start_char, p.end_char
    from made as m join core.paragraphs as p using (article_id) where not m.is_copy;
insert into core.words by name
    select m.article_id, '词' || (hash(m.i, w) % 60000 * (hash(m.i, w, 1) % 1000) / 1000)::bigint as word,
        sum(1 + w % 3)::integer as occurrence_count
    from made as m cross join range(200) as t(w) where not m.is_copy group by all order by all;
insert into core.stories by name
    select c.canonical as story_id, c.canonical as canonical_article_id, '标题' as title, count(*) as article_count,
        count(distinct site) as site_count, min(published_on) as first_published_on, max(published_on)
            as last_published_on
    from made as c group by c.canonical;
insert into core.story_articles by name
    select article_id, canonical as story_id, if(is_copy, 'exact', 'canonical') as relation, 1.0 as similarity,
        if(is_copy, 'reprint_credited', 'original') as role, is_copy::integer as position, 0 as lag_days
    from made;
insert into core.place_mentions by name
    select m.article_id, p.start_char, p.start_char + 3 as end_char, '石狮市' as surface, c.adcode,
        c.full_name as place_name,
        'county' as level, [] as candidates
    from made as m join counties as c on m.county = c.number join core.paragraphs as p using (article_id)
        where not m.is_copy;
insert into core.practice_mentions by name
    select m.article_id, p.start_char + 5 as start_char, p.start_char + 9 as end_char, '邻里茶桌' as surface,
        '做法' || m.practice as name, 'other' as kind, c.adcode, [] as parts,
        ['adopted', 'adopted', 'trial', 'planned', 'general'][1 + m.i % 5] as status, c.full_name as place_name,
        md5(m.practice::varchar) as practice_id, md5(m.practice::varchar) as spelling_id
    from made as m join counties as c on m.county = c.number join core.paragraphs as p using (article_id)
    where not m.is_copy and m.i % 2 = 0 and p.ordinal < 4;
insert into core.practice_mention_places by name
    select article_id, start_char, place_name, adcode, 'county' as level, 'own' as role from core.practice_mentions;
insert into core.figures by name
    select m.article_id, p.start_char + 10 as start_char, p.start_char + 14 as end_char, '320户' as surface,
        (hash(m.i, p.ordinal) % 5000)::double as value, false as approximate, '户' as unit, '居民' ||
            hash(m.i) % 3000 as subject,
        c.adcode, year(m.published_on)::integer as year, c.full_name as place_name
    from made as m join counties as c on m.county = c.number join core.paragraphs as p using (article_id)
        where not m.is_copy;
insert into core.quotes by name
    select m.article_id, p.start_char + 16 as start_char, p.start_char + 18 as end_char, substring($paragraph, 17, 2)
        as text,
        '许' || hash(m.i) % 20000 as speaker, '书记' as speaker_role
    from made as m join core.paragraphs as p using (article_id) where not m.is_copy and p.ordinal < 3;
insert into core.organization_mentions by name
    select m.article_id, p.start_char, p.start_char + 3 as end_char, '石狮市' as surface, '机构' || hash(m.i) % 9000 as name,
        'government' as kind, c.adcode
    from made as m join counties as c on m.county = c.number join core.paragraphs as p using (article_id)
    where not m.is_copy and p.ordinal < 3;
insert into core.dates by name
    select m.article_id, p.start_char + 19 as start_char, p.start_char + 21 as end_char, substring($paragraph, 20, 2)
        as surface,
        '2019-03' as iso
    from made as m join core.paragraphs as p using (article_id) where not m.is_copy and p.ordinal < 3;
"""


def fill(connection: duckdb.DuckDBPyConnection, articles: int) -> None:
    """Write core tables of so many articles, the same in every call."""
    columns = ("adcode", "name", "full_name", "level", "parent_adcode", "short_name")
    connection.executemany(f"insert into core.places ({', '.join(columns)}) values (?, ?, ?, ?, ?, ?)", places())
    text = "\n".join([_PARAGRAPH] * _PARAGRAPHS)
    given = {"n": str(articles), "text": f"'{text}'", "paragraphs": str(_PARAGRAPHS), "paragraph": f"'{_PARAGRAPH}'"}
    for statement in _FILL.split(";\n"):
        written = statement
        for name in ("paragraphs", "paragraph", "text", "n"):
            written = written.replace(f"${name}", given[name])
        connection.execute(written)


def measure(articles: int) -> None:
    """Print CPU seconds of each model and check that takes over a tenth of a second, and the peak of memory."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "w.duckdb")) as connection:
        connection.execute("set memory_limit = '3GB'; set threads = 2")
        create_tables(connection)
        fill(connection, articles)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        costs: dict[str, float] = {}
        build_models(connection, catalogue())
        for path in _model_files():
            source = path.read_text("utf-8")
            with _timed(costs, f"{path.parent.name}/{path.stem}"):
                connection.execute(attachable(source) if path.parent.name == "macros" else source)
        for name, statement in all_checks(catalogue()).items():
            with _timed(costs, f"checks/{name}"):
                connection.execute(statement).fetchall()
        with _timed(costs, "panel"):
            connection.execute("from panel('做法7')").fetchall()
        with _timed(costs, "sentence_of"):
            connection.execute("select sentence_of(article_id, start_char) from core.practice_mentions").fetchall()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, seconds in costs.items():
        print(f"{articles}\t{name}\t{seconds:.3f}")
    print(f"{articles}\ttotal\t{sum(costs.values()):.1f}")
    print(f"{articles}\tpeak_mib\t{peak / 1024:.0f} (after filling {before / 1024:.0f})")


@contextmanager
def _timed(costs: dict[str, float], name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    costs[name] = time.process_time() - start


def main(sizes: list[int]) -> None:
    """Measure each size in a process of its own and show the costs side by side."""
    tables = []
    for size in sizes:
        command = [sys.executable, "-m", "tests.benchmarks.bench_models", "--one", str(size)]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        tables.append({line.split("\t")[1]: line.split("\t")[2] for line in out.splitlines()})
    print("", *sizes, sep="\t")
    for name in tables[-1]:
        print(name, *(table.get(name, "") for table in tables), sep="\t")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])

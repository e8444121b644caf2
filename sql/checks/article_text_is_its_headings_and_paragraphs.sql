-- One row per article whose text is not its headings and paragraphs joined by line feeds, or is counted wrongly

-- That each part stands at its offsets is a check of its own: here only the gaps between them and the line feeds are
-- counted, so that no text is put together. Joining them takes several times as long, and grows faster than articles.
with placed as (
    select
        p.article_id,
        list(p.start_char order by p.ordinal) as starts,
        list(p.end_char + 1 order by p.ordinal) as nexts
    from core.paragraphs as p
    where p.kind in ('heading', 'paragraph')
    group by p.article_id
)

select
    a.article_id,
    a.char_count,
    length(a.text) as found_char_count
from core.articles as a
left join placed as j on a.article_id = j.article_id
where
    a.char_count != length(a.text)
    or coalesce(j.nexts[-1], 1) != length(a.text) + 1
    or (
        j.article_id is not null
        and (
            len(string_split(a.text, chr(10))) != len(j.starts)
            or j.starts[1] is distinct from 0
            or j.starts[2:] is distinct from j.nexts[:-2]
        )
    )

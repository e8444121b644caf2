-- One row per article whose text is not its headings and paragraphs joined by line feeds, or is counted wrongly

with joined as (
    select
        p.article_id,
        string_agg(p.text, chr(10) order by p.ordinal) as text
    from core.paragraphs as p
    where p.kind in ('heading', 'paragraph')
    group by p.article_id
)

select
    a.article_id,
    a.char_count,
    length(a.text) as found_char_count
from core.articles as a
left join joined as j on a.article_id = j.article_id
where a.text is distinct from coalesce(j.text, '') or a.char_count != length(a.text)

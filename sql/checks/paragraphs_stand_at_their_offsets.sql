-- One row per heading or paragraph that is not found at its offsets, and per other part that has any

select
    p.article_id,
    p.ordinal,
    p.kind,
    p.start_char,
    p.end_char,
    p.text
from core.paragraphs as p
inner join core.articles as a on p.article_id = a.article_id
where
    if(
        p.kind in ('heading', 'paragraph'),
        coalesce(substring(a.text, p.start_char + 1, p.end_char - p.start_char) != p.text, true),
        p.start_char is not null or p.end_char is not null
    )

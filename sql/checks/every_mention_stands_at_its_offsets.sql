-- One row per mention whose offsets lie outside its article's text or span other characters than its surface

with surfaces as (
    select
        'place_mentions' as table_name,
        f.article_id,
        f.start_char,
        f.end_char,
        f.surface
    from core.place_mentions as f
    union all
    select
        'organization_mentions' as table_name,
        f.article_id,
        f.start_char,
        f.end_char,
        f.surface
    from core.organization_mentions as f
    union all
    select
        'dates' as table_name,
        f.article_id,
        f.start_char,
        f.end_char,
        f.surface
    from core.dates as f
    union all
    select
        'figures' as table_name,
        f.article_id,
        f.start_char,
        f.end_char,
        f.surface
    from core.figures as f
    union all
    select
        'practice_mentions' as table_name,
        f.article_id,
        f.start_char,
        f.end_char,
        f.surface
    from core.practice_mentions as f
    union all
    select
        'quotes' as table_name,
        f.article_id,
        f.start_char,
        f.end_char,
        f.text as surface
    from core.quotes as f
),

spans as (
    select
        'person_mentions' as table_name,
        f.article_id,
        f.start_char,
        f.end_char
    from core.person_mentions as f
    union all
    select
        'document_mentions' as table_name,
        f.article_id,
        f.start_char,
        f.end_char
    from core.document_mentions as f
    union all
    select
        'sentences' as table_name,
        f.article_id,
        f.start_char,
        f.end_char
    from core.sentences as f
)

select
    m.table_name,
    m.article_id,
    m.start_char,
    m.end_char,
    m.surface
from surfaces as m
inner join core.articles as a on m.article_id = a.article_id
where
    m.start_char < 0
    or m.end_char <= m.start_char
    or substring(a.text, m.start_char + 1, m.end_char - m.start_char) is distinct from m.surface
union all
select
    m.table_name,
    m.article_id,
    m.start_char,
    m.end_char,
    null as surface
from spans as m
inner join core.articles as a on m.article_id = a.article_id
where
    m.start_char < 0
    or m.end_char <= m.start_char
    or m.end_char > a.char_count

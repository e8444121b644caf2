-- One row per article with a control character (a line feed in the text apart) or a private-use character

with texts as (
    select
        a.article_id,
        unnest(['title', 'kicker', 'summary', 'rubric', 'dateline', 'site', 'outlet', 'text']) as column_name,
        unnest([
            a.title, a.kicker, a.summary, a.rubric, a.dateline, a.site, a.outlet, replace(a.text, chr(10), '')
        ]) as content
    from core.articles as a
    union all
    select
        p.article_id,
        'paragraph ' || p.ordinal as column_name,
        p.text as content
    from core.paragraphs as p
)

select
    t.article_id,
    t.column_name,
    regexp_extract(t.content, '.{0,10}[\p{Cc}\p{Co}].{0,10}', 0, 's') as found
from texts as t
where regexp_matches(t.content, '[\p{Cc}\p{Co}]')

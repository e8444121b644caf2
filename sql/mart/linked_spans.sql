-- One row per stretch of an article that is another story's
-- Key: article_id, start_char

create or replace table mart.linked_spans as
-- The heading above a story that is held is that story's too.
with headed as (
    select
        l.article_id,
        coalesce(min(p.start_char), l.start_char) as start_char,
        l.end_char
    from core.story_links as l
    left join core.paragraphs as p
        on
            l.article_id = p.article_id
            and p.end_char between l.start_char - 2 and l.start_char
            and (p.kind = 'heading' or (length(p.text) <= 60 and not contains(p.text, '。')))
    group by l.article_id, l.story_id, l.start_char, l.end_char
),

ordered as (
    select
        l.article_id,
        l.start_char,
        l.end_char,
        max(l.end_char) over w as end_before
    from headed as l
    window w as (
        partition by l.article_id
        order by l.start_char asc, l.end_char asc
        rows between unbounded preceding and 1 preceding
    )
),

numbered as (
    select
        o.article_id,
        o.start_char,
        o.end_char,
        count(*) filter (where o.end_before is null or o.start_char > o.end_before) over (
            partition by o.article_id order by o.start_char asc, o.end_char asc
        ) as span_number
    from ordered as o
)

select
    n.article_id,
    min(n.start_char) as start_char,
    max(n.end_char) as end_char
from numbered as n
group by n.article_id, n.span_number
order by n.article_id, min(n.start_char);

comment on table mart.linked_spans is
'Where round-ups print other stories: facts in there are those stories'', and no summary counts them for the round-up.
Spans of core.story_links that overlap are one.';
comment on column mart.linked_spans.article_id is 'Round-up article: core.articles.article_id.';
comment on column mart.linked_spans.start_char is 'Offset of the first character in core.articles.text.';
comment on column mart.linked_spans.end_char is 'Offset after the last character (end exclusive).';

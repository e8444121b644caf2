-- One row per speaker, post and organisation
-- After: mart/articles_by_story

create or replace table mart.speakers as
with posts as (
    select
        m.article_id,
        m.name,
        arg_min(m.role, m.start_char) filter (where m.role is not null) as role,
        arg_min(m.organization, m.start_char) filter (where m.organization is not null) as organization
    from core.person_mentions as m
    group by m.article_id, m.name
),

spoken as (
    select
        q.speaker,
        coalesce(q.speaker_role, p.role) as post,
        p.organization,
        q.text,
        q.start_char,
        b.article_id,
        b.facts_article_id,
        b.story_id,
        b.site,
        b.counted_on
    from core.quotes as q
    inner join mart.articles_by_story as b on q.article_id = b.facts_article_id
    left join posts as p on q.article_id = p.article_id and q.speaker = p.name
),

counted as (
    select
        s.speaker,
        s.post,
        s.organization,
        count(*) filter (where s.article_id = s.facts_article_id) as quote_count,
        count(distinct s.article_id) as article_count,
        count(distinct s.story_id) as story_count,
        count(distinct s.site) as site_count,
        min(s.counted_on) as first_quoted_on,
        max(s.counted_on) as last_quoted_on,
        list_sort(list(distinct s.story_id)) as story_ids,
        min(struct_pack(
            counted_on := coalesce(s.counted_on, date '9999-12-31'),
            article_id := s.facts_article_id,
            start_char := s.start_char,
            quote := s.text
        )) as first_quote
    from spoken as s
    group by s.speaker, s.post, s.organization
)

select
    c.speaker,
    c.post,
    c.organization,
    c.quote_count,
    c.article_count,
    c.story_count,
    c.site_count,
    c.first_quoted_on,
    c.last_quoted_on,
    c.first_quote.quote as first_quote,
    c.first_quote.article_id,
    c.first_quote.start_char,
    c.story_ids
from counted as c
order by c.speaker nulls last, c.post nulls last, c.organization nulls last;

comment on table mart.speakers is 'Who is quoted, in which post, for which organisation, how often.';
comment on column mart.speakers.speaker is 'Name of the speaker; null for all unnamed ones of the same description.';
comment on column mart.speakers.post is
'Post or description as printed with the quote, else with the name in the same article.';
comment on column mart.speakers.organization is
'Organisation named with the speaker in the same article; null where none is.';
comment on column mart.speakers.quote_count is 'Quotes in distinct texts.';
comment on column mart.speakers.article_count is 'Articles that quote the speaker, reprints included.';
comment on column mart.speakers.story_count is 'Stories that quote the speaker, reprints counted once.';
comment on column mart.speakers.site_count is 'Sites that published them.';
comment on column mart.speakers.first_quoted_on is 'Day of the earliest article.';
comment on column mart.speakers.last_quoted_on is 'Day of the latest article.';
comment on column mart.speakers.first_quote is 'The earliest quote.';
comment on column mart.speakers.article_id is 'Article of that quote; with start_char the key of core.quotes.';
comment on column mart.speakers.start_char is 'Offset of that quote.';
comment on column mart.speakers.story_ids is 'All stories that quote the speaker.';

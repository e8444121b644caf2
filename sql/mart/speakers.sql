-- One row per speaker, post and organisation
-- After: mart/articles, mart/place_ancestry, mart/linked_spans, mart/posts
-- Key: speaker, post, organization
-- Part: speaker
-- Warning: People of one name, post and organisation are one row, whoever they are.

create or replace table mart.speakers as
with people as (
    -- A bare kind of body names none.
    select
        m.article_id,
        m.start_char,
        m.name,
        m.role,
        case
            when m.organization not in ('社区', '街道', '小区', '公司', '企业', '学校', '医院', '法院', '物业')
                then m.organization
        end as organization
    from core.person_mentions as m
),

posts as (
    select
        m.article_id,
        m.name,
        arg_min(m.role, m.start_char) filter (where m.role is not null) as role,
        arg_min(m.organization, m.start_char) filter (where m.organization is not null) as organization
    from people as m
    group by m.article_id, m.name
),

bodies as (
    select
        m.article_id,
        m.name,
        min(m.adcode) as adcode
    from core.organization_mentions as m
    where m.adcode is not null
    group by m.article_id, m.name
),

-- A body that begins with the name of a place (广安市卫生健康委党建办) is of that place, whatever the article is about.
beginnings as (
    select distinct
        s.organization,
        unnest(range(2, least(length(s.organization), 12))) as length
    from posts as s
    where s.organization is not null
),

-- Of two places of one name nobody can say which it is.
place_names as (
    select
        p.name,
        min(p.adcode) as adcode
    from core.places as p
    group by p.name
    having count(*) = 1
),

leads as (
    select
        n.organization,
        arg_max(p.adcode, n.length) as adcode
    from beginnings as n
    inner join place_names as p on left(n.organization, n.length) = p.name
    group by n.organization
),

spoken as (
    select
        q.speaker,
        coalesce(q.speaker_role, p.role) as post,
        p.organization,
        coalesce(o.adcode, i.adcode, b.lead_adcode) as adcode,
        q.text,
        -- A copy changes a comma or a space; what was said is the same.
        regexp_replace(q.text, '[\s\pP]', '', 'g') as folded,
        q.start_char,
        b.article_id,
        b.facts_article_id,
        b.story_id,
        b.site,
        b.counted_on
    from core.quotes as q
    inner join mart.articles as b on q.article_id = b.facts_article_id
    left join posts as p on q.article_id = p.article_id and q.speaker = p.name
    left join bodies as o on q.article_id = o.article_id and p.organization = o.name
    left join leads as i on p.organization = i.organization
    -- A post that stands where a name should (书记说) names nobody.
    anti join mart.posts as r on q.speaker = r.post
    anti join mart.linked_spans as l
        on q.article_id = l.article_id and q.start_char >= l.start_char and q.start_char < l.end_char
    -- Who is only called by the post (某局相关负责人) is nameless too.
    where q.speaker is not null and q.speaker is distinct from q.speaker_role
),

counted as (
    select
        s.speaker,
        s.post,
        s.organization,
        count(distinct struct_pack(a := s.story_id, b := s.folded)) as quote_count,
        mode(s.adcode order by s.adcode) as adcode,
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
    c.adcode,
    a.full_place_name,
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
left join mart.place_ancestry as a on c.adcode = a.adcode
order by c.speaker nulls last, c.post nulls last, c.organization nulls last;

comment on table mart.speakers is 'Who is quoted, in which post, for which organisation, how often.';
comment on column mart.speakers.speaker is 'Name of the speaker; nameless ones are in core.quotes only.';
comment on column mart.speakers.post is
'Post or description as printed with the quote, else with the name in the same article; null where neither gives one.';
comment on column mart.speakers.organization is
'Organisation named with the speaker in the same article; null where none is, or a bare kind (社区) only.';
comment on column mart.speakers.adcode is
'Place of the organisation, else the one that the articles name most often: core.places.adcode; null where unknown.';
comment on column mart.speakers.full_place_name is 'Full name of the place; null where unknown.';
comment on column mart.speakers.quote_count is
'Things said: the same words count once per story, whatever comma a copy changed.';
comment on column mart.speakers.article_count is 'Articles that quote the speaker, reprints included.';
comment on column mart.speakers.story_count is 'Stories that quote the speaker, reprints counted once.';
comment on column mart.speakers.site_count is 'Sites that published them.';
comment on column mart.speakers.first_quoted_on is 'Day of the earliest article; null where none has a day.';
comment on column mart.speakers.last_quoted_on is 'Day of the latest article; null where none has a day.';
comment on column mart.speakers.first_quote is 'The earliest quote.';
comment on column mart.speakers.article_id is 'Article of that quote; with start_char the key of core.quotes.';
comment on column mart.speakers.start_char is 'Offset of that quote.';
comment on column mart.speakers.story_ids is 'All stories that quote the speaker.';

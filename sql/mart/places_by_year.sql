-- One row per place and year
-- After: mart/articles, mart/place_ancestry, mart/linked_spans, mart/low_places
-- Key: adcode, year
-- Part: year
-- Values: level DivisionLevel
-- Warning: Counts what the sources print, not what happens: compare places and years by it before anything else.

create or replace table mart.places_by_year as
with spoken_of as (
    select
        coalesce(m.adcode, w.adcode) as adcode,
        m.article_id,
        m.start_char
    from core.place_mentions as m
    left join mart.low_places as w on m.adcode is null and m.place_name = w.place_name
    where coalesce(m.adcode, w.adcode) is not null
    union all
    select
        p.adcode,
        p.article_id,
        p.start_char
    from core.practice_mention_places as p
    where p.adcode is not null
),

named as (
    select distinct
        s.adcode,
        s.article_id
    from spoken_of as s
    anti join mart.linked_spans as l
        on s.article_id = l.article_id and s.start_char >= l.start_char and s.start_char < l.end_char
),

reports as (
    select
        n.adcode,
        b.article_id,
        b.story_id,
        b.site,
        b.counted_year as year
    from named as n
    inner join mart.articles as b on n.article_id = b.facts_article_id
),

direct as (
    select
        r.adcode,
        r.year,
        count(*) as article_count,
        count(distinct r.story_id) as story_count,
        count(distinct r.site) as site_count,
        min(r.article_id) as example_article_id
    from reports as r
    group by r.adcode, r.year
),

upward as (
    select
        r.adcode,
        r.article_id,
        r.story_id,
        r.year
    from reports as r
    union all
    select
        a.parent_adcode as adcode,
        r.article_id,
        r.story_id,
        r.year
    from reports as r
    inner join mart.place_ancestry as a on r.adcode = a.adcode
    where a.parent_adcode is not null
    union all
    select
        a.grandparent_adcode as adcode,
        r.article_id,
        r.story_id,
        r.year
    from reports as r
    inner join mart.place_ancestry as a on r.adcode = a.adcode
    where a.grandparent_adcode is not null
),

with_subordinates as (
    select
        u.adcode,
        u.year,
        count(distinct u.article_id) as article_count,
        count(distinct u.story_id) as story_count
    from upward as u
    group by u.adcode, u.year
)

select
    w.adcode,
    a.full_place_name,
    a.level,
    a.city_name,
    a.province_name,
    w.year,
    coalesce(d.article_count, 0) as article_count,
    coalesce(d.story_count, 0) as story_count,
    coalesce(d.site_count, 0) as site_count,
    w.article_count as subtree_article_count,
    w.story_count as subtree_story_count,
    d.example_article_id
from with_subordinates as w
left join direct as d on w.adcode = d.adcode and w.year is not distinct from d.year
left join mart.place_ancestry as a on w.adcode = a.adcode
order by w.adcode, w.year nulls last;

comment on table mart.places_by_year is
'How well each place is covered in each year. core.place_mentions leads on to the articles that name it.';
comment on column mart.places_by_year.adcode is 'core.places.adcode.';
comment on column mart.places_by_year.full_place_name is 'Full name of the place.';
comment on column mart.places_by_year.level is 'province, city or county.';
comment on column mart.places_by_year.city_name is
'City the place lies in; null for provinces and what lies straight below one.';
comment on column mart.places_by_year.province_name is 'Province the place lies in.';
comment on column mart.places_by_year.year is 'Year of publication; null for articles without a day.';
comment on column mart.places_by_year.article_count is
'Articles that name the place itself or a town or village of it, reprints included.';
comment on column mart.places_by_year.story_count is
'Stories that name the place itself or a town or village of it, reprints counted once.';
comment on column mart.places_by_year.site_count is 'Sites that published them.';
comment on column mart.places_by_year.subtree_article_count is 'Articles that name the place or one that lies in it.';
comment on column mart.places_by_year.subtree_story_count is 'Stories that name the place or one that lies in it.';
comment on column mart.places_by_year.example_article_id is
'One article that names the place; null where only places in it are named.';

-- One row per practice and place
-- After: mart/articles_by_story, mart/place_ancestry

create or replace table mart.practices_by_place as
with placed as (
    select distinct
        m.article_id,
        m.practice_id,
        m.adcode
    from core.practice_mentions as m
    where m.practice_id is not null and m.adcode is not null
),

-- A report on a county's practice names its city and province too: they count only where the article is about them.
superior_places as (
    select distinct
        p.article_id,
        p.practice_id,
        unnest([a.parent_adcode, a.grandparent_adcode]) as adcode
    from placed as p
    inner join mart.place_ancestry as a on p.adcode = a.adcode
),

adopting as (
    select p.*
    from placed as p
    left join superior_places as s
        on p.article_id = s.article_id and p.practice_id = s.practice_id and p.adcode = s.adcode
    left join mart.articles_by_story as b on p.article_id = b.article_id
    where s.adcode is null or p.adcode = b.lead_adcode
),

mentions as (
    select
        m.practice_id,
        m.adcode,
        m.article_id,
        m.start_char,
        s.start_char as sentence_char
    from core.practice_mentions as m
    semi join adopting as d
        on m.article_id = d.article_id and m.practice_id = d.practice_id and m.adcode = d.adcode
    asof left join core.sentences as s on m.article_id = s.article_id and m.start_char >= s.start_char
),

dated_sentences as (
    select
        d.article_id,
        s.start_char as sentence_char,
        min(try_cast(case
            when regexp_matches(d.iso, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') then left(d.iso, 10)
            when regexp_matches(d.iso, '^[0-9]{4}-[0-9]{2}') then left(d.iso, 7) || '-01'
            when regexp_matches(d.iso, '^[0-9]{4}') then left(d.iso, 4) || '-01-01'
        end as date)) as stated_on
    from core.dates as d
    asof join core.sentences as s on d.article_id = s.article_id and d.start_char >= s.start_char
    group by d.article_id, s.start_char
),

reports as (
    select
        m.practice_id,
        m.adcode,
        m.start_char,
        b.article_id,
        b.facts_article_id,
        b.story_id,
        b.site,
        b.counted_on,
        if(d.stated_on <= b.counted_on, d.stated_on, null) as stated_on
    from mentions as m
    inner join mart.articles_by_story as b on m.article_id = b.facts_article_id
    left join dated_sentences as d on m.article_id = d.article_id and m.sentence_char = d.sentence_char
),

counted as (
    select
        r.practice_id,
        r.adcode,
        min(r.counted_on) as first_reported_on,
        max(r.counted_on) as last_reported_on,
        min(r.stated_on) as first_stated_on,
        count(*) filter (where r.article_id = r.facts_article_id) as mention_count,
        count(distinct r.article_id) as article_count,
        count(distinct r.story_id) as story_count,
        count(distinct r.site) as site_count,
        list_sort(list(distinct r.story_id)) as story_ids,
        min(struct_pack(
            counted_on := coalesce(r.counted_on, date '9999-12-31'),
            article_id := r.facts_article_id,
            start_char := r.start_char
        )) as first_report
    from reports as r
    group by r.practice_id, r.adcode
)

select
    c.practice_id,
    p.name as practice_name,
    p.kind,
    c.adcode,
    a.full_place_name,
    a.level,
    a.city_name,
    a.province_name,
    c.first_reported_on,
    c.last_reported_on,
    c.first_stated_on,
    c.mention_count,
    c.article_count,
    c.story_count,
    c.site_count,
    c.first_report.article_id as first_article_id,
    c.first_report.start_char as first_start_char,
    c.story_ids
from counted as c
inner join core.practices as p on c.practice_id = p.practice_id
left join mart.place_ancestry as a on c.adcode = a.adcode
order by c.practice_id, c.adcode;

comment on table mart.practices_by_place is
'Which named practices are reported from which place, first when, how often; mentions without a place do not count.';
comment on column mart.practices_by_place.practice_id is 'core.practices.practice_id.';
comment on column mart.practices_by_place.practice_name is 'Name of the practice.';
comment on column mart.practices_by_place.kind is
'Kind of the practice: alliance, service_station, joint_meeting and others.';
comment on column mart.practices_by_place.adcode is
'Place that practises it: core.places.adcode, as low as the text tells.';
comment on column mart.practices_by_place.full_place_name is 'Full name of the place.';
comment on column mart.practices_by_place.level is 'Level of the place: province, city or county.';
comment on column mart.practices_by_place.city_name is 'City the place lies in.';
comment on column mart.practices_by_place.province_name is 'Province the place lies in.';
comment on column mart.practices_by_place.first_reported_on is
'Day of the earliest article that reports it: when the place is taken to have adopted the practice.';
comment on column mart.practices_by_place.last_reported_on is 'Day of the latest article that reports it.';
comment on column mart.practices_by_place.first_stated_on is
'Earliest date named in a sentence with the practice, not later than its article: an adoption before the first report.';
comment on column mart.practices_by_place.mention_count is 'Mentions in distinct texts.';
comment on column mart.practices_by_place.article_count is 'Articles that report it, reprints included.';
comment on column mart.practices_by_place.story_count is 'Stories that report it, reprints counted once.';
comment on column mart.practices_by_place.site_count is 'Sites that report it.';
comment on column mart.practices_by_place.first_article_id is
'Article with the earliest mention; with first_start_char the key of core.practice_mentions.';
comment on column mart.practices_by_place.first_start_char is 'Offset of that mention.';
comment on column mart.practices_by_place.story_ids is 'All stories that report it.';

-- One row per practice and year
-- After: mart/articles, mart/practice_claims, mart/practices_by_place
-- Key: practice_id, year
-- Values: kind PracticeKind
-- Warning: A curve of reports lags behind one of adoptions, and follows the coverage of its year.

create or replace table mart.practice_adoption_by_year as
with adoptions as (
    select
        p.practice_id,
        year(coalesce(p.adopted_earliest, p.adopted_latest))::integer as year,
        count(*) as new_place_count,
        count(*) filter (where p.level = 'province') as new_province_count,
        count(*) filter (where p.level = 'city') as new_city_count,
        count(*) filter (where p.level = 'county') as new_county_count,
        list(p.full_place_name order by p.adopted_earliest asc, p.adcode asc) as new_place_names
    from mart.practices_by_place as p
    where p.is_own_report and coalesce(p.adopted_earliest, p.adopted_latest) is not null
    group by p.practice_id, year(coalesce(p.adopted_earliest, p.adopted_latest))
),

reports as (
    select
        c.practice_id,
        b.counted_year as year,
        count(distinct b.article_id) as article_count,
        count(distinct b.story_id) as story_count,
        list_sort(list(distinct b.story_id)) as story_ids
    from mart.practice_claims as c
    inner join mart.articles as b on c.article_id = b.facts_article_id
    where c.left_out is null
    group by c.practice_id, b.counted_year
),

last_year as (
    select max(b.counted_year) as year
    from mart.articles as b
),

spans as (
    select
        a.practice_id,
        unnest(generate_series(min(a.year), greatest(max(a.year), any_value(l.year)))) as year
    from adoptions as a
    cross join last_year as l
    group by a.practice_id
)

select
    s.practice_id,
    p.name as practice_name,
    p.kind,
    p.is_generic,
    p.is_national,
    s.year::integer as year,
    coalesce(a.new_place_count, 0) as new_place_count,
    sum(coalesce(a.new_place_count, 0)) over w::bigint as cumulative_place_count,
    coalesce(a.new_province_count, 0) as new_province_count,
    coalesce(a.new_city_count, 0) as new_city_count,
    coalesce(a.new_county_count, 0) as new_county_count,
    sum(coalesce(a.new_county_count, 0)) over w::bigint as cumulative_county_count,
    coalesce(r.article_count, 0) as article_count,
    coalesce(r.story_count, 0) as story_count,
    coalesce(a.new_place_names, []) as new_place_names,
    coalesce(r.story_ids, []) as story_ids
from spans as s
inner join core.practices as p on s.practice_id = p.practice_id
left join adoptions as a on s.practice_id = a.practice_id and s.year = a.year
left join reports as r on s.practice_id = r.practice_id and s.year = r.year
window w as (partition by s.practice_id order by s.year)
order by s.practice_id, s.year;

comment on table mart.practice_adoption_by_year is
'The S-curve of each practice: new and cumulative places per year, from its first year to the last of the corpus.';
comment on column mart.practice_adoption_by_year.practice_id is 'core.practices.practice_id.';
comment on column mart.practice_adoption_by_year.practice_name is 'Most usual spelling of the practice.';
comment on column mart.practice_adoption_by_year.kind is 'Kind of practice.';
comment on column mart.practice_adoption_by_year.is_generic is 'True for a name of many unrelated things.';
comment on column mart.practice_adoption_by_year.is_national is 'True for a programme of the whole country.';
comment on column mart.practice_adoption_by_year.year is
'Year in which it can have begun at the earliest (adopted_earliest); years without a new place are rows too.';
comment on column mart.practice_adoption_by_year.new_place_count is
'Provinces, cities and counties that took it up in the year; townships and villages count for their county.';
comment on column mart.practice_adoption_by_year.cumulative_place_count is 'The same up to and including the year.';
comment on column mart.practice_adoption_by_year.new_province_count is 'Provinces among new_place_count.';
comment on column mart.practice_adoption_by_year.new_city_count is 'Cities among new_place_count.';
comment on column mart.practice_adoption_by_year.new_county_count is 'Counties among new_place_count.';
comment on column mart.practice_adoption_by_year.cumulative_county_count is
'Counties up to and including the year: the curve of one level.';
comment on column mart.practice_adoption_by_year.article_count is
'Articles published in the year that claim it at work, reprints included.';
comment on column mart.practice_adoption_by_year.story_count is 'Stories of the year that do, reprints counted once.';
comment on column mart.practice_adoption_by_year.new_place_names is 'The new places, earliest first.';
comment on column mart.practice_adoption_by_year.story_ids is 'The stories of the year: core.stories.story_id.';

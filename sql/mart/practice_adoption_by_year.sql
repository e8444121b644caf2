-- One row per practice and year
-- After: mart/articles_by_story, mart/practices_by_place

create or replace table mart.practice_adoption_by_year as
with adoptions as (
    select
        p.practice_id,
        year(p.first_reported_on)::integer as year,
        count(*) as new_place_count,
        count(*) filter (where p.level = 'county') as new_county_count,
        list(p.full_place_name order by p.first_reported_on asc, p.adcode asc) as new_place_names
    from mart.practices_by_place as p
    where p.first_reported_on is not null
    group by p.practice_id, year(p.first_reported_on)
),

reports as (
    select
        m.practice_id,
        b.counted_year as year,
        count(distinct b.article_id) as article_count,
        count(distinct b.story_id) as story_count,
        list_sort(list(distinct b.story_id)) as story_ids
    from core.practice_mentions as m
    inner join mart.articles_by_story as b on m.article_id = b.facts_article_id
    where m.adcode is not null
    group by m.practice_id, b.counted_year
),

last_year as (
    select max(b.counted_year) as year
    from mart.articles_by_story as b
),

spans as (
    select
        a.practice_id,
        unnest(generate_series(min(a.year), any_value(l.year))) as year
    from adoptions as a
    cross join last_year as l
    group by a.practice_id
)

select
    s.practice_id,
    p.name as practice_name,
    p.kind,
    s.year::integer as year,
    coalesce(a.new_place_count, 0) as new_place_count,
    sum(coalesce(a.new_place_count, 0)) over w::bigint as cumulative_place_count,
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
'New and cumulative places per practice and year (the S-curve), from its first report to the last year of the corpus.';
comment on column mart.practice_adoption_by_year.practice_id is
'core.practices.practice_id; mart.practices_by_place leads on to places, stories and articles.';
comment on column mart.practice_adoption_by_year.practice_name is 'Name of the practice.';
comment on column mart.practice_adoption_by_year.kind is 'Kind of the practice.';
comment on column mart.practice_adoption_by_year.year is 'Calendar year.';
comment on column mart.practice_adoption_by_year.new_place_count is
'Places first reported with the practice in this year; a city and its county are two places.';
comment on column mart.practice_adoption_by_year.cumulative_place_count is
'Places reported up to the end of this year.';
comment on column mart.practice_adoption_by_year.new_county_count is 'Counties among the new places.';
comment on column mart.practice_adoption_by_year.cumulative_county_count is
'Counties reported up to the end of this year.';
comment on column mart.practice_adoption_by_year.article_count is 'Articles of the year that report it from a place.';
comment on column mart.practice_adoption_by_year.story_count is
'Stories with an article in the year that report it from a place.';
comment on column mart.practice_adoption_by_year.new_place_names is
'Full names of the new places, in order of their first report.';
comment on column mart.practice_adoption_by_year.story_ids is 'The stories of story_count: core.stories.story_id.';

-- One row per practice, place and year
-- After: mart/practices_by_place, mart/places_by_year

create or replace table mart.practice_panel as
with practices as (
    select
        p.practice_id,
        any_value(p.practice_name) as practice_name,
        min(year(p.first_reported_on))::integer as practice_year,
        count(*) as place_count
    from mart.practices_by_place as p
    where p.first_reported_on is not null
    group by p.practice_id
    -- Practices times places times years grows without bound in a large corpus; panel_of(practice_id) makes any other.
    qualify row_number() over (order by count(*) desc, p.practice_id asc) <= 500
),

places as (
    select distinct
        p.adcode,
        p.full_place_name,
        p.level
    from mart.practices_by_place as p
    where p.first_reported_on is not null
),

years as (
    select unnest(generate_series(min(b.counted_year), max(b.counted_year)))::integer as year
    from mart.articles_by_story as b
),

cells as (
    select
        r.practice_id,
        r.practice_name,
        r.practice_year,
        p.adcode,
        p.full_place_name,
        p.level,
        y.year,
        year(a.first_reported_on)::integer as adoption_year
    from practices as r
    cross join places as p
    cross join years as y
    left join mart.practices_by_place as a on r.practice_id = a.practice_id and p.adcode = a.adcode
)

select
    c.practice_id,
    c.practice_name,
    c.adcode,
    c.full_place_name,
    c.level,
    c.year,
    coalesce(c.adoption_year <= c.year, false)::tinyint as adopted,
    coalesce(c.adoption_year = c.year, false)::tinyint as is_adoption_year,
    (c.year >= c.practice_year and coalesce(c.adoption_year >= c.year, true))::tinyint as at_risk,
    coalesce(t.article_count, 0) as article_count,
    coalesce(t.story_count, 0) as story_count
from cells as c
left join mart.places_by_year as t on c.adcode = t.adcode and c.year = t.year
order by c.practice_id, c.adcode, c.year;

comment on table mart.practice_panel is
'Place × year × practice, adopted or not, for event-history models: places with any practice, all years of the corpus.';
comment on column mart.practice_panel.practice_id is
'core.practices.practice_id; the 500 practices with the most places. mart.practices_by_place leads on to the stories.';
comment on column mart.practice_panel.practice_name is 'Name of the practice.';
comment on column mart.practice_panel.adcode is 'core.places.adcode.';
comment on column mart.practice_panel.full_place_name is 'Full name of the place.';
comment on column mart.practice_panel.level is 'Level of the place: compare counties with counties.';
comment on column mart.practice_panel.year is 'Calendar year.';
comment on column mart.practice_panel.adopted is
'1 from the year of the place''s first report of the practice on, 0 before.';
comment on column mart.practice_panel.is_adoption_year is '1 in the year of the first report: the event.';
comment on column mart.practice_panel.at_risk is
'1 from the year the practice is first reported anywhere up to the year of adoption: rows to keep in a hazard model.';
comment on column mart.practice_panel.article_count is
'Articles of the year that name the place: how well it is covered at all.';
comment on column mart.practice_panel.story_count is 'Stories of the year that name the place, reprints counted once.';

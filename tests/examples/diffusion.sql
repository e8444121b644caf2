-- From a warehouse to a diffusion table and its picture, in plain SQL:
--   .venv/bin/fangzhi sql -w warehouse/fangzhi.duckdb < tests/examples/diffusion.sql

-- The practices that reached most counties, and how long they took.
select
    practice_name,
    max(cumulative_county_count) as counties,
    min(year) filter (where new_county_count > 0) as first_year,
    max(year) filter (where new_county_count > 0) as last_year
from mart.practice_adoption_by_year
where not is_generic and not is_national
group by practice_name
order by counties desc, practice_name asc
limit 5;

-- The curve of the first of them, drawn with bars: counties so far, beside the counties that any article covers.
with widest as (
    select practice_name
    from mart.practice_adoption_by_year
    where not is_generic and not is_national
    group by practice_name
    order by max(cumulative_county_count) desc, practice_name asc
    limit 1
),

years as (
    select
        p.practice_name,
        p.year,
        p.new_county_count,
        p.cumulative_county_count as counties_so_far,
        max(p.cumulative_county_count) over () as most
    from mart.practice_adoption_by_year as p
    inner join widest as w on p.practice_name = w.practice_name
),

covered as (
    select
        c.year,
        count(*) as counties_covered
    from mart.places_by_year as c
    where c.level = 'county' and c.article_count > 0
    group by c.year
)

select
    y.practice_name,
    y.year,
    y.new_county_count,
    y.counties_so_far,
    coalesce(c.counties_covered, 0) as counties_covered,
    bar(y.counties_so_far, 0, y.most, 20) as curve
from years as y
left join covered as c on y.year = c.year
order by y.year;

-- What shows each adoption: fangzhi cite takes article_id:start_char.
select
    a.practice_name,
    a.place_name,
    a.adopted_earliest,
    a.precision,
    a.basis,
    a.article_id || ':' || a.start_char as evidence
from mart.adoptions as a
where a.status in ('adopted', 'trial') and a.adopted_earliest is not null
order by a.adopted_earliest, a.practice_name, a.place_name
limit 10;

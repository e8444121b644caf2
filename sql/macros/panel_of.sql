-- panel_of(practice_id): one row per place and year for any practice, as mart.practice_panel has for the widest

create or replace macro main.panel_of(practice_id) as table (
    with adoptions as (
        select
            p.adcode,
            year(p.first_reported_on)::integer as adoption_year
        from mart.practices_by_place as p
        where p.practice_id = practice_id and p.first_reported_on is not null
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
    )

    select
        p.adcode,
        p.full_place_name,
        p.level,
        y.year,
        coalesce(a.adoption_year <= y.year, false)::tinyint as adopted,
        coalesce(a.adoption_year = y.year, false)::tinyint as is_adoption_year,
        (
            y.year >= (select min(f.adoption_year) from adoptions as f)
            and coalesce(a.adoption_year >= y.year, true)
        )::tinyint as at_risk
    from places as p
    cross join years as y
    left join adoptions as a on p.adcode = a.adcode
    order by p.adcode, y.year
);

comment on macro table main.panel_of is 'Place × year for one practice, adopted or not.'; -- noqa: PRS

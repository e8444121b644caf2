-- panel(practice, level, by): one row per place of the level and year for one practice, by name or identifier
-- An unknown practice, level or by is an error. Nothing is stored: places times years times practices has no bound.
-- Column place_name: Full name of the place.
-- Column adopted: Whether the practice was at work in the year; null where no article covers the place in it.
-- Column is_covered: Whether an article names the place, or a town or village of it, in the year.
-- Column entered_on: Day on which it began there, by what by says; null where it did not.
-- Column left_on: Day on which it ended there; null where it did not.
-- Column level: province, city or county, as asked for.
-- Column practice_name: Most usual spelling of the practice.
-- Column year: A year from the first to the last that any article has.
-- Column article_count: Articles of the year that name the place itself, reprints included.
-- Column story_count: Stories of the year that name the place itself.
-- Values: level DivisionLevel

create or replace macro main.panel(practice, level := 'county', by := 'stated') as table (
    with matches as (
        select
            p.practice_id,
            p.name,
            case
                when p.practice_id = practice then 1
                when p.name = practice then 2
                when list_contains(p.aliases, practice) then 3
            end as match_rank
        from core.practices as p
        where p.practice_id = practice or p.name = practice or list_contains(p.aliases, practice)
        union all
        select
            p.practice_id,
            p.name,
            4 as match_rank
        from core.practice_aliases as a
        inner join core.practices as p on a.practice_id = p.practice_id
        where a.alias_id = practice
    ),

    best as (
        select
            count(*) as match_count,
            arg_min(m.practice_id, (m.match_rank, m.practice_id)) as practice_id
        from matches as m
    ),

    chosen as (
        select
            case
                when b.match_count = 0
                    then error('no practice has the name or identifier ' || coalesce(practice, 'null'))
                when level is null or level not in ('province', 'city', 'county')
                    then error('level is province, city or county, not ' || coalesce(level, 'null'))
                when "by" is null or "by" not in ('stated', 'reported') -- noqa: RF06
                    then error('by is stated or reported, not ' || coalesce("by", 'null')) -- noqa: RF06
                else b.practice_id
            end as practice_id
        from best as b
    ),

    adoptions as (
        select
            a.adcode,
            case
                when "by" = 'reported' then a.first_reported_on -- noqa: RF06
                else coalesce(a.adopted_earliest, a.adopted_latest)
            end as entered_on,
            a.ended_on
        from mart.practices_by_place as a
        where a.practice_id = (select c.practice_id from chosen as c) and a.is_own_report
    ),

    years as (
        select unnest(generate_series(min(t.year), max(t.year)))::integer as year
        from mart.places_by_year as t
    ),

    covered as (
        select distinct
            t.adcode,
            t.full_place_name
        from mart.places_by_year as t
        where t.level = level and t.article_count > 0
    )

    select
        c.practice_id,
        p.name as practice_name,
        v.adcode,
        v.full_place_name as place_name,
        level::varchar as level,
        y.year,
        case
            when coalesce(t.article_count, 0) > 0
                then coalesce(year(a.entered_on) <= y.year and coalesce(year(a.ended_on) > y.year, true), false)
        end as adopted,
        coalesce(t.article_count, 0) > 0 as is_covered,
        coalesce(t.article_count, 0) as article_count,
        coalesce(t.story_count, 0) as story_count,
        a.entered_on,
        a.ended_on as left_on
    from chosen as c
    inner join core.practices as p on c.practice_id = p.practice_id
    cross join covered as v
    cross join years as y
    left join mart.places_by_year as t on v.adcode = t.adcode and y.year = t.year
    left join adoptions as a on v.adcode = a.adcode
    order by v.adcode, y.year
);

comment on macro table main.panel is 'Place × year for one practice: adopted or not, null where no article covers place and year.'; -- noqa: PRS

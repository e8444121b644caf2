-- cascades(level): one row per place and practice, with the year of adoption
-- The form of SPID and R's NetworkInference; generic names and national programmes are left out.
-- Column practice: Name of the practice: the cascade.
-- Column place_name: Full name of the place: the node.
-- Column adopt_year: Year in which it has begun there at the earliest.

create or replace macro main.cascades(level := 'county') as table (
    select
        a.full_place_name as place_name,
        a.practice_name as practice,
        year(coalesce(a.adopted_earliest, a.adopted_latest))::integer as adopt_year
    from mart.practices_by_place as a
    where
        case
            when level in ('province', 'city', 'county') then a.level = level
            else error('level is province, city or county, not ' || coalesce(level, 'null'))
        end
        and a.is_own_report
        and not a.is_generic
        and not a.is_national
        and coalesce(a.adopted_earliest, a.adopted_latest) is not null
    order by a.practice_name, adopt_year, a.full_place_name
);

comment on macro table main.cascades is 'Who adopted what in which year, places of one level: the input of cascade models.'; -- noqa: PRS

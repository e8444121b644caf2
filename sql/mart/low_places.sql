-- One row per town, community or village that texts name
-- Key: place_name

create or replace table mart.low_places as
with names as (
    select distinct m.place_name
    from core.place_mentions as m
    where m.adcode is null and m.place_name is not null
),

-- Names are chains from the province down: the county is what they begin with.
heads as (
    select
        n.place_name,
        unnest(range(4, least(length(n.place_name), 30))) as length
    from names as n
),

parents as (
    select distinct p.parent_adcode
    from core.places as p
    where p.parent_adcode is not null
)

select
    h.place_name,
    arg_max(p.adcode, h.length) as adcode
from heads as h
inner join core.places as p on left(h.place_name, h.length) = p.full_name
-- A city counts only where it has no counties (东莞市): of others nobody can say in which the town lies.
anti join parents as q on p.adcode = q.parent_adcode
group by h.place_name
order by h.place_name;

comment on table mart.low_places is
'The county that towns, communities and villages lie in, by their full names; those of an unknown county are missing.';
comment on column mart.low_places.place_name is 'Full name of the place: core.place_mentions.place_name.';
comment on column mart.low_places.adcode is
'County, or city without counties, that it lies in: core.places.adcode.';

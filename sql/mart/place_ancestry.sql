-- One row per place
-- Key: adcode
-- Values: level DivisionLevel

create or replace table mart.place_ancestry as
select
    p.adcode,
    p.name as place_name,
    p.full_name as full_place_name,
    p.level,
    p.parent_adcode,
    g.adcode as grandparent_adcode,
    case p.level when 'city' then p.adcode when 'county' then if(q.level = 'city', q.adcode, null) end as city_adcode,
    case p.level when 'city' then p.name when 'county' then if(q.level = 'city', q.name, null) end as city_name,
    case
        when p.level = 'province' then p.adcode
        when q.level = 'province' then q.adcode
        else g.adcode
    end as province_adcode,
    case
        when p.level = 'province' then p.name
        when q.level = 'province' then q.name
        else g.name
    end as province_name
from core.places as p
left join core.places as q on p.parent_adcode = q.adcode
left join core.places as g on q.parent_adcode = g.adcode
order by p.adcode;

comment on table mart.place_ancestry is 'The gazetteer with the city and the province of each place in its own row.';
comment on column mart.place_ancestry.adcode is 'Six digits of GB/T 2260: core.places.adcode.';
comment on column mart.place_ancestry.place_name is 'Official name of the place itself.';
comment on column mart.place_ancestry.full_place_name is 'Names from the province down, written together.';
comment on column mart.place_ancestry.level is 'province, city or county.';
comment on column mart.place_ancestry.parent_adcode is 'The place above; null for provinces.';
comment on column mart.place_ancestry.grandparent_adcode is 'The place two levels above; null where there is none.';
comment on column mart.place_ancestry.city_adcode is
'The city of a county, or the city itself; null for provinces and counties directly under one.';
comment on column mart.place_ancestry.city_name is 'Name of that city; null where there is none.';
comment on column mart.place_ancestry.province_adcode is 'The province of the place, or the province itself.';
comment on column mart.place_ancestry.province_name is 'Name of that province.';

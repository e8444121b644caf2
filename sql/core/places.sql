-- One row per province, city or county
-- Key: adcode

create table if not exists core.places (
    adcode varchar not null,
    name varchar not null,
    full_name varchar not null,
    level varchar not null,
    parent_adcode varchar,
    short_name varchar
);

comment on table core.places is
'The gazetteer (地名表): administrative divisions with the codes of GB/T 2260.';
comment on column core.places.adcode is 'Six digits of GB/T 2260, e.g. 330000 for a province (行政区划代码).';
comment on column core.places.name is 'Official name of the division itself.';
comment on column core.places.full_name is 'Names from the province down, written together.';
comment on column core.places.level is 'province (省级), city (地级) or county (县级).';
comment on column core.places.parent_adcode is 'The division above; null for provinces.';
comment on column core.places.short_name is
'Name without the word for the kind of division, as newspapers use it; null where it has none.';

-- One row per place named in an article
-- Key: article_id, start_char
-- Warning: Below county level there is no code: two villages of one name are told apart by place_name alone.

create table if not exists core.place_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    adcode varchar,
    place_name varchar not null,
    level varchar not null,
    candidates varchar[] not null
);

comment on table core.place_mentions is
'Places as mentioned; a chain of names is one mention of its lowest place; 该区 or 全县 that point at one count.';
comment on column core.place_mentions.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.place_mentions.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.place_mentions.end_char is
'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.place_mentions.surface is
'The characters as they stand in the text: substring(text, start_char + 1, end_char - start_char).';
comment on column core.place_mentions.adcode is
'core.places.adcode; null below the county (街道, 社区, 村) and where nothing decides between candidates.';
comment on column core.place_mentions.place_name is 'Full canonical name from the province down.';
comment on column core.place_mentions.level is
'province, city, county, township (街道, 镇, 乡), community (社区), village (村) or other (development zones).';
comment on column core.place_mentions.candidates is
'Codes of all places it could be where nothing decides; else empty.';

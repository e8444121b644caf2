-- One row per governance practice named in an article
-- Key: article_id, start_char

create table if not exists core.practice_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    name varchar not null,
    kind varchar not null,
    adcode varchar,
    parts varchar[] not null,
    practice_id varchar
);

comment on table core.practice_mentions is
'Named mechanisms, brands, funds, stations, lists and campaigns of local governance; no slogans.';
comment on column core.practice_mentions.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.practice_mentions.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.practice_mentions.end_char is
'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.practice_mentions.surface is
'The characters as they stand in the text: substring(text, start_char + 1, end_char - start_char).';
comment on column core.practice_mentions.name is 'Canonical spelling within the article.';
comment on column core.practice_mentions.kind is
'alliance, service_station, joint_meeting, grid, list_matching, fund, brand, volunteer, platform, property …';
comment on column core.practice_mentions.adcode is 'Place that practises it: core.places.adcode; null where unknown.';
comment on column core.practice_mentions.parts is
'Named members of a numbered practice, such as the lists of a three-lists rule; else empty.';
comment on column core.practice_mentions.practice_id is
'The practice over all articles, spelling variants joined: core.practices.practice_id.';

-- One row per governance practice named in an article
-- Key: article_id, start_char
-- Warning: A mention is no adoption: status says what the sentence claims.
-- Warning: Practices are told apart by their names; overrides.csv corrects what that joins or parts wrongly.
-- Warning: Of 176 sentences written after the rules, 142 came out right in status, place and time (DECISIONS.md).

create table if not exists core.practice_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    name varchar not null,
    kind varchar not null,
    adcode varchar,
    parts varchar[] not null,
    status varchar not null,
    place_name varchar,
    stated_on date,
    stated_until date,
    stated_precision varchar,
    practice_id varchar,
    spelling_id varchar
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
comment on column core.practice_mentions.adcode is
'Place that practises it, or the county it lies in: core.places.adcode; null where unknown.';
comment on column core.practice_mentions.parts is
'Named members of a numbered practice, such as the lists of a three-lists rule; else empty.';
comment on column core.practice_mentions.status is
'What the sentence claims: adopted or trial; planned, proposed, applied; ended, denied; visited, promoted or general.';
comment on column core.practice_mentions.place_name is
'Full name of the place that practises it, as low as the text tells; the first of core.practice_mention_places;
null where the text names no place.';
comment on column core.practice_mentions.stated_on is
'Earliest day on which it can have begun (of an ended one: ended) by the sentence; null where it says nothing.';
comment on column core.practice_mentions.stated_until is
'Latest day on which it can have begun (of an ended one: ended) by the sentence; null where it says nothing.';
comment on column core.practice_mentions.stated_precision is
'day, month, quarter, half_year, year, period; before where only the latest day is told; null where nothing is.';
comment on column core.practice_mentions.practice_id is
'The practice over all articles: core.practices.practice_id; null where overrides.csv drops it.';
comment on column core.practice_mentions.spelling_id is
'Identifier that its spelling alone gives it, before overrides.csv is applied; null in no row of this version.';

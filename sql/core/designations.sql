-- One row per place that a text calls pilot or model of something, or says it asks to be, or is not
-- Key: article_id, start_char

create table if not exists core.designations (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    practice_name varchar,
    designation varchar not null,
    status varchar not null,
    level varchar,
    designated_by varchar,
    designated_at varchar,
    place_name varchar not null,
    adcode varchar,
    stated_on date,
    stated_until date,
    stated_precision varchar
);

comment on table core.designations is
'Which place is named 试点 (pilot) or 示范 (model) of what, by whom; one sentence may hold several.';
comment on column core.designations.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.designations.start_char is
'Offset of the word of the designation, for the second and later places of a list that of the place; from 0.';
comment on column core.designations.end_char is
'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.designations.surface is
'The characters as they stand in the text: substring(text, start_char + 1, end_char - start_char).';
comment on column core.designations.practice_name is
'What the place is a pilot of, as the text calls it; null where it does not say.';
comment on column core.designations.designation is 'The word of the text: 试点, 试点县, 示范村 and the like.';
comment on column core.designations.status is
'designated; applied (asks to be); planned; refused (未被列为); revoked (被取消资格).';
comment on column core.designations.level is
'national, province, city or county where the words before tell (全国, 省级, 全市); else null.';
comment on column core.designations.designated_by is
'Body named before the word: the one after 被, 由, 经 or 获, else the first of party or government; else null.';
comment on column core.designations.designated_at is
'First date of the sentence as in core.dates.iso; null where there is none.';
comment on column core.designations.place_name is
'Full canonical name of the place, as low as the text tells: province, city, county and what lies below.';
comment on column core.designations.adcode is
'Code of the place or of the county it lies in: core.places.adcode; null where unknown.';
comment on column core.designations.stated_on is
'First day on which the place can have been named, as its sentence tells of the practice; null where it does not.';
comment on column core.designations.stated_until is
'Last day of that time; null where the sentence names none.';
comment on column core.designations.stated_precision is
'day, month, quarter, half_year, year, period; before where only the latest day is told; null where nothing is.';

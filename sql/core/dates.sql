-- One row per date named in an article
-- Key: article_id, start_char

create table if not exists core.dates (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    iso varchar not null,
    role varchar
);

comment on table core.dates is
'Dates and periods of the text, relative ones resolved against the day of publication.';
comment on column core.dates.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.dates.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.dates.end_char is 'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.dates.surface is
'The characters as they stand in the text: substring(text, start_char + 1, end_char - start_char).';
comment on column core.dates.iso is
'As precise as stated: 2019, 2019-07, 2019-07-04, with THH:MM, --09-05 without a year, or start/end.';
comment on column core.dates.role is 'What the date is to the text, where the words around it tell; else null.';

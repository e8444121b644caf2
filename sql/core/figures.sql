-- One row per quantity stated in an article
-- Key: article_id, start_char
-- Warning: What is claimed, by those who claim it: no figure has been checked against statistics.

create table if not exists core.figures (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    value double not null,
    value_max double,
    approximate boolean not null,
    unit varchar not null,
    subject varchar,
    adcode varchar,
    year integer,
    place_name varchar,
    bound varchar
);

comment on table core.figures is
'Counts, money, areas, percents, durations and other stated quantities; no dates, ordinals or names with a number.';
comment on column core.figures.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.figures.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.figures.end_char is 'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.figures.surface is
'The characters as they stand in the text: substring(text, start_char + 1, end_char - start_char).';
comment on column core.figures.value is
'The number in the unit: 万 and 亿 expanded, money in 元; the lower end of a range.';
comment on column core.figures.value_max is 'The upper end of a range (三四个); null where there is no range.';
comment on column core.figures.approximate is 'True with 多, 余, 约, 近, 超过 and the like, and for juxtaposed numerals.';
comment on column core.figures.unit is
'Measure word or unit of the text (户, 名, 平方米); 元 for money, % for percents, 比例 for fractions.';
comment on column core.figures.subject is
'What is counted, in the words of the text; null where the sentence does not tell.';
comment on column core.figures.adcode is 'Place the figure speaks of: core.places.adcode; null where unknown.';
comment on column core.figures.year is 'Year the figure speaks of; null where neither text nor date of issue tells.';
comment on column core.figures.place_name is
'Full name of that place down to township or village, as low as the text tells; null where unknown.';
comment on column core.figures.bound is
'at_least, at_most, less_than, more_than: on which side of value the quantity lies; null where it lies there.';

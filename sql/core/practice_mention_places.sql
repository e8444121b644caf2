-- One row per place that a mention of a practice speaks of
-- Key: article_id, start_char, place_name

create table if not exists core.practice_mention_places (
    article_id varchar not null,
    start_char integer not null,
    place_name varchar not null,
    adcode varchar,
    level varchar not null,
    role varchar not null,
    stated_on date,
    stated_until date,
    stated_precision varchar
);

comment on table core.practice_mention_places is
'Where a practice is said to be: every place of a list, as low as the text tells, also by a clause behind that only
points back (这一做法在某镇推开); none where the text names none.';
comment on column core.practice_mention_places.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.practice_mention_places.start_char is
'Start of the mention: with article_id the key of core.practice_mentions.';
comment on column core.practice_mention_places.place_name is
'Full canonical name: province, city, county and what lies below.';
comment on column core.practice_mention_places.adcode is
'The place or the county it lies in: core.places.adcode; null where unknown.';
comment on column core.practice_mention_places.level is
'Level of place_name: province, city, county, township, community, village or other.';
comment on column core.practice_mention_places.role is
'own, or superior: above another place of the same practice and article, and named no more often than what lies in it.';
comment on column core.practice_mention_places.stated_on is
'Earliest day on which it can have begun there: that of the mention, unless a clause of its own dates the place
(2021年扩大到某镇); null where the sentence does not say.';
comment on column core.practice_mention_places.stated_until is
'Latest day on which it can have begun there; null where the sentence does not say.';
comment on column core.practice_mention_places.stated_precision is
'day, month, quarter, half_year, year, period (an interval of another length) or before (not later than
stated_until); null where the sentence does not say.';

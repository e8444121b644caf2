-- One row per place, practice, designation, status and story
-- After: mart/texts, mart/practice_names, mart/linked_spans
-- Key: full_place_name, practice_name, designation, status, story_id
-- Part: story_id
-- Values: status DesignationStatus; designation_level DesignationLevel
-- Warning: A pilot (试点) is a name given to a place; whether anything was done there is another question.

create or replace table mart.pilots as
with said as (
    select
        d.*,
        s.start_char as sentence_char,
        substring(t.text, s.start_char + 1, s.end_char - s.start_char) as sentence
    from core.designations as d
    inner join core.articles as t on d.article_id = t.article_id
    asof left join core.sentences as s on d.article_id = s.article_id and d.start_char >= s.start_char
    anti join mart.linked_spans as l
        on d.article_id = l.article_id and d.start_char >= l.start_char and d.start_char < l.end_char
)

select
    d.adcode,
    d.place_name as full_place_name,
    r.practice_id,
    coalesce(r.name, d.practice_name) as practice_name,
    d.designation,
    d.status,
    d.level as designation_level,
    d.designated_by,
    d.designated_at,
    a.reported_on,
    sum(a.article_count) over (
        partition by d.place_name, d.practice_name, d.designation, d.status, a.story_id
    )::bigint as article_count,
    d.sentence,
    a.story_id,
    d.article_id,
    d.start_char
from said as d
inner join mart.texts as a on d.article_id = a.article_id
left join mart.practice_names as m on d.article_id = m.article_id and d.practice_name = m.name
left join core.practices as r on m.practice_id = r.practice_id
qualify
    row_number() over (
        partition by d.place_name, d.practice_name, d.designation, d.status, a.story_id
        order by a.reported_on asc nulls last, d.article_id asc, d.start_char asc
    ) = 1
order by d.place_name, d.practice_name nulls last, d.designation, d.status, a.story_id;

comment on table mart.pilots is
'Which places are named 试点 (pilot) or 示范 (model) for which practice, by whom, when, with the sentence.';
comment on column mart.pilots.adcode is 'Code of the place or of the county it lies in; null where unknown.';
comment on column mart.pilots.full_place_name is
'Full name of the place, as low as the text tells.';
comment on column mart.pilots.practice_id is
'core.practices.practice_id; null where the article does not name the practice itself.';
comment on column mart.pilots.practice_name is
'Name of the practice, else what the place is a pilot of in the words of the text; null where it does not say.';
comment on column mart.pilots.designation is 'The word of the text: 试点, 示范区, 示范点 and the like.';
comment on column mart.pilots.status is
'designated, applied, planned, refused or revoked: only the first says that the place is one.';
comment on column mart.pilots.designation_level is
'national, province, city or county where the text tells (全国, 省级, 全市); else null.';
comment on column mart.pilots.designated_by is
'Body named before the word: the one after 被, 由, 经 or 获, else the first of party or government; else null.';
comment on column mart.pilots.designated_at is
'First date of the sentence as in core.dates.iso; null where there is none.';
comment on column mart.pilots.reported_on is 'Day of the earliest article of the story that says so.';
comment on column mart.pilots.article_count is 'Articles of the story that say so, reprints included.';
comment on column mart.pilots.sentence is 'The sentence.';
comment on column mart.pilots.story_id is 'core.stories.story_id: each row counts as one story.';
comment on column mart.pilots.article_id is 'Article of the sentence: core.articles.article_id.';
comment on column mart.pilots.start_char is
'Offset in its text of what the row stands on: core.designations.start_char.';

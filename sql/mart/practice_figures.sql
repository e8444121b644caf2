-- One row per practice and figure that is stated of it, once per story
-- After: mart/texts, mart/practice_facts
-- Key: practice_id, article_id, start_char
-- Part: story_id
-- Values: link FactLink
-- Warning: A figure in the sentence of a practice need not be an effect of it.

create or replace table mart.practice_figures as
with counted as (
    select
        k.practice_id,
        t.story_id,
        f.place_name,
        f.adcode,
        f.subject,
        f.unit,
        f.value,
        f.value_max,
        f.year,
        bool_and(f.approximate) as is_approximate,
        min(t.reported_on) as first_reported_on,
        sum(t.article_count)::bigint as article_count,
        min(struct_pack(
            link_rank := if(k.link = 'sentence', 0, 1),
            reported_on := coalesce(t.reported_on, date '9999-12-31'),
            article_id := f.article_id,
            start_char := f.start_char,
            mention_char := k.mention_char,
            sentence_char := k.sentence_char,
            sentence_end_char := k.sentence_end_char
        )) as showing
    from mart.practice_facts as k
    inner join core.figures as f on k.article_id = f.article_id and k.start_char = f.start_char
    inner join mart.texts as t on k.article_id = t.article_id
    where k.kind = 'figure'
    group by
        k.practice_id, t.story_id, f.place_name, f.adcode, f.subject, f.unit, f.value, f.value_max, f.year
)

select
    c.practice_id,
    p.name as practice_name,
    if(c.showing.link_rank = 0, 'sentence', 'paragraph') as link,
    c.subject,
    c.value,
    c.value_max,
    c.is_approximate,
    c.unit,
    c.year,
    c.place_name,
    c.adcode,
    c.first_reported_on,
    c.article_count,
    substring(
        a.text, c.showing.sentence_char + 1, c.showing.sentence_end_char - c.showing.sentence_char
    ) as sentence,
    c.story_id,
    c.showing.article_id,
    c.showing.start_char,
    c.showing.mention_char
from counted as c
inner join core.practices as p on c.practice_id = p.practice_id
inner join core.articles as a on c.showing.article_id = a.article_id
order by
    c.practice_id,
    c.first_reported_on nulls last,
    c.story_id,
    c.showing.article_id,
    c.showing.start_char,
    c.unit,
    c.value;

comment on table mart.practice_figures is
'The figures of a practice: those of its sentence, else of its paragraph. The same statement counts once per story.';
comment on column mart.practice_figures.practice_id is 'core.practices.practice_id.';
comment on column mart.practice_figures.practice_name is 'Most usual spelling of the practice.';
comment on column mart.practice_figures.link is
'sentence (the practice is named in the sentence) or paragraph (it is the last named before, in the paragraph).';
comment on column mart.practice_figures.subject is 'What is counted; null where the sentence does not tell.';
comment on column mart.practice_figures.value is 'The number in the unit; the lower end of a range.';
comment on column mart.practice_figures.value_max is 'The upper end of a range; null where there is none.';
comment on column mart.practice_figures.is_approximate is 'True where every statement of it is approximate.';
comment on column mart.practice_figures.unit is 'Measure word or unit; 元 for money, % for percents.';
comment on column mart.practice_figures.year is 'Year the figure speaks of; null where unknown.';
comment on column mart.practice_figures.place_name is 'Full name of the place it speaks of; null where unknown.';
comment on column mart.practice_figures.adcode is 'That place, or the county it lies in: core.places.adcode.';
comment on column mart.practice_figures.first_reported_on is
'First day on which the story states it; null where no article has a day.';
comment on column mart.practice_figures.article_count is 'Articles of the story that state it, reprints included.';
comment on column mart.practice_figures.sentence is 'The sentence.';
comment on column mart.practice_figures.story_id is 'core.stories.story_id.';
comment on column mart.practice_figures.article_id is 'Article; with start_char the key of core.figures.';
comment on column mart.practice_figures.start_char is 'Offset of the figure.';
comment on column mart.practice_figures.mention_char is 'Offset of the mention of the practice it is linked with.';

-- One row per practice and figure that is stated of it, once per story
-- After: mart/articles, mart/linked_spans
-- Key: practice_id, article_id, start_char
-- Values: link FactLink
-- Warning: A figure in the sentence of a practice need not be an effect of it.

create or replace table mart.practice_figures as
-- Only what is looked up is sorted with the sentences: rows with all columns take a third more time, and grow faster.
with told as (
    select distinct m.article_id
    from core.practice_mentions as m
    where m.practice_id is not null
),

facts as (
    select
        f.article_id,
        f.start_char,
        p.ordinal as paragraph,
        s.start_char as sentence_char,
        s.end_char as sentence_end_char
    from core.figures as f
    semi join told as t on f.article_id = t.article_id
    asof inner join core.paragraphs as p on f.article_id = p.article_id and f.start_char >= p.start_char
    asof inner join core.sentences as s on f.article_id = s.article_id and f.start_char >= s.start_char
    anti join mart.linked_spans as l
        on f.article_id = l.article_id and f.start_char >= l.start_char and f.start_char < l.end_char
),

mentions as (
    select
        m.article_id,
        m.start_char,
        m.practice_id,
        p.ordinal as paragraph,
        s.start_char as sentence_char
    from core.practice_mentions as m
    asof inner join core.paragraphs as p on m.article_id = p.article_id and m.start_char >= p.start_char
    asof inner join core.sentences as s on m.article_id = s.article_id and m.start_char >= s.start_char
    where m.practice_id is not null
),

same_sentence as (
    select
        f.article_id,
        f.start_char,
        m.practice_id,
        'sentence' as link,
        min(m.start_char) as mention_char
    from facts as f
    inner join mentions as m on f.article_id = m.article_id and f.sentence_char = m.sentence_char
    group by f.article_id, f.start_char, m.practice_id
),

-- Without a practice in its sentence a figure belongs to the one named last before it in the paragraph.
same_paragraph as (
    select
        f.article_id,
        f.start_char,
        m.practice_id,
        'paragraph' as link,
        m.start_char as mention_char
    from facts as f
    anti join same_sentence as s on f.article_id = s.article_id and f.start_char = s.start_char
    asof inner join mentions as m
        on f.article_id = m.article_id and f.paragraph = m.paragraph and f.start_char >= m.start_char
),

linked as (
    select * from same_sentence
    union all
    select * from same_paragraph
),

texts as (
    select
        b.facts_article_id as article_id,
        any_value(b.story_id) as story_id,
        min(b.counted_on) as reported_on,
        count(*) as article_count
    from mart.articles as b
    group by b.facts_article_id
),

counted as (
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
            sentence_char := c.sentence_char,
            sentence_end_char := c.sentence_end_char
        )) as showing
    from linked as k
    inner join facts as c on k.article_id = c.article_id and k.start_char = c.start_char
    inner join core.figures as f on k.article_id = f.article_id and k.start_char = f.start_char
    inner join texts as t on k.article_id = t.article_id
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

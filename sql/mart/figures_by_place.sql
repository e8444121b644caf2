-- One row per place, subject, unit, year and value
-- After: mart/articles, mart/place_ancestry, mart/linked_spans
-- Key: adcode, subject, unit, year, value, value_max
-- Part: adcode, subject
-- Values: level DivisionLevel
-- Warning: What is claimed, by those who claim it: no figure has been checked against statistics.

create or replace table mart.figures_by_place as
with own_figures as materialized (
    select f.*
    from core.figures as f
    anti join mart.linked_spans as l
        on f.article_id = l.article_id and f.start_char >= l.start_char and f.start_char < l.end_char
),

statements as (
    select
        f.adcode,
        f.subject,
        f.unit,
        f.year,
        f.value,
        f.value_max,
        bool_and(f.approximate) as is_approximate,
        count(*) filter (where b.article_id = b.facts_article_id) as mention_count,
        count(distinct b.article_id) as article_count,
        count(distinct b.story_id) as story_count,
        min(b.counted_on) as first_published_on,
        list_sort(list(distinct b.story_id)) as story_ids,
        min(struct_pack(
            counted_on := coalesce(b.counted_on, date '9999-12-31'),
            article_id := f.article_id,
            start_char := f.start_char
        )) as first_statement
    from own_figures as f
    inner join mart.articles as b on f.article_id = b.facts_article_id
    group by f.adcode, f.subject, f.unit, f.year, f.value, f.value_max
),

located as (
    select
        s.*,
        s.first_statement.article_id,
        s.first_statement.start_char
    from statements as s
),

-- The texts join last: sorted for the sentences they would be carried along.
placed as materialized (
    select
        l.*,
        n.start_char as sentence_char,
        n.end_char as sentence_end_char
    from located as l
    -- No asof join: of a few ten thousand figures DuckDB makes a nested loop of it, thirty times the cost.
    left join core.sentences as n
        on l.article_id = n.article_id and l.start_char >= n.start_char and l.start_char < n.end_char
)

select
    l.adcode,
    p.full_place_name,
    p.level,
    l.subject,
    l.unit,
    l.year,
    l.value,
    l.value_max,
    l.is_approximate,
    l.mention_count,
    l.article_count,
    l.story_count,
    l.first_published_on,
    substring(a.text, l.sentence_char + 1, l.sentence_end_char - l.sentence_char) as sentence,
    l.article_id,
    l.start_char,
    l.story_ids
from placed as l
inner join core.articles as a on l.article_id = a.article_id
left join mart.place_ancestry as p on l.adcode = p.adcode
order by
    l.adcode nulls last, l.subject nulls last, l.unit, l.year nulls last, l.value, l.value_max nulls first;

comment on table mart.figures_by_place is
'Claimed outputs by place, subject, unit and year, each value with the sentence that states it.';
comment on column mart.figures_by_place.adcode is 'Place the figure speaks of: core.places.adcode; null where unknown.';
comment on column mart.figures_by_place.full_place_name is 'Full name of the place.';
comment on column mart.figures_by_place.level is 'Level of the place.';
comment on column mart.figures_by_place.subject is 'What is counted, in the words of the text; null where unknown.';
comment on column mart.figures_by_place.unit is 'Measure word or unit; 元 for money, % for percents.';
comment on column mart.figures_by_place.year is 'Year the figure speaks of; null where unknown.';
comment on column mart.figures_by_place.value is 'The number in the unit; the lower end of a range.';
comment on column mart.figures_by_place.value_max is 'The upper end of a range; null where there is none.';
comment on column mart.figures_by_place.is_approximate is
'True where every statement of the value is approximate (约, 余, 近).';
comment on column mart.figures_by_place.mention_count is 'Statements in distinct texts.';
comment on column mart.figures_by_place.article_count is 'Articles that state it, reprints included.';
comment on column mart.figures_by_place.story_count is 'Stories that state it, reprints counted once.';
comment on column mart.figures_by_place.first_published_on is
'Day of the earliest article that states it; null where none has a day.';
comment on column mart.figures_by_place.sentence is 'The sentence of the earliest statement.';
comment on column mart.figures_by_place.article_id is
'Article of that sentence; with start_char the key of core.figures.';
comment on column mart.figures_by_place.start_char is 'Offset of the figure there.';
comment on column mart.figures_by_place.story_ids is 'All stories that state it.';

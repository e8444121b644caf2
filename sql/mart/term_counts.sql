-- One row per month and term that a text of the month holds
-- After: mart/articles
-- Key: month, term
-- Part: month

create or replace table mart.term_counts as
-- What a round-up prints of other stories is counted there: the words of each story it holds are taken off once.
with linked as (
    select distinct
        l.article_id,
        if(m.relation = 'exact', s.canonical_article_id, m.article_id) as linked_article_id
    from core.story_links as l
    inner join core.stories as s on l.story_id = s.story_id
    inner join core.story_articles as m on s.canonical_article_id = m.article_id
),

linked_words as (
    select
        l.article_id,
        w.word,
        max(w.occurrence_count) as occurrence_count
    from linked as l
    inner join core.words as w on l.linked_article_id = w.article_id
    group by l.article_id, w.word
),

own_words as (
    select
        w.article_id,
        w.word,
        w.occurrence_count,
        w.occurrence_count as printed_count
    from core.words as w
    anti join linked as l on w.article_id = l.article_id
    union all
    select
        w.article_id,
        w.word,
        greatest(w.occurrence_count - coalesce(o.occurrence_count, 0), 0) as occurrence_count,
        w.occurrence_count as printed_count
    from core.words as w
    semi join linked as l on w.article_id = l.article_id
    left join linked_words as o on w.article_id = o.article_id and w.word = o.word
)

select
    b.counted_month as month,
    w.word as term,
    count(*) filter (where w.occurrence_count > 0) as article_count,
    count(*) filter (where b.is_first_in_month and w.occurrence_count > 0) as story_count,
    coalesce(sum(w.occurrence_count) filter (where b.is_first_in_month), 0)::bigint as occurrence_count,
    count(*) filter (where b.article_id = b.facts_article_id) as text_count,
    coalesce(sum(w.printed_count) filter (where b.article_id = b.facts_article_id), 0)::bigint as printed_count,
    min(w.article_id) as example_article_id
from own_words as w
inner join mart.articles as b on w.article_id = b.facts_article_id
group by b.counted_month, w.word
order by b.counted_month, w.word;

comment on table mart.term_counts is
'How often each term stands in the texts of each month, rare ones too: mart.terms_by_month compares these counts.';
comment on column mart.term_counts.month is 'First day of the month; null for articles without a day.';
comment on column mart.term_counts.term is 'Word of at least two characters: core.words.word.';
comment on column mart.term_counts.article_count is
'Articles of the month that hold it, reprints included; 0 where only stories that a round-up prints do.';
comment on column mart.term_counts.story_count is 'Stories of the month that hold it, reprints counted once.';
comment on column mart.term_counts.occurrence_count is
'Occurrences in the month, each story counted once (its first article of the month).';
comment on column mart.term_counts.text_count is
'Distinct texts of the month that hold it, what they print of other stories included.';
comment on column mart.term_counts.printed_count is 'Occurrences in these texts.';
comment on column mart.term_counts.example_article_id is
'Article text that holds the term; with term the key of core.words.';

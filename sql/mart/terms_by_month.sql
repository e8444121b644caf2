-- One row per month and term
-- After: mart/articles_by_story
-- Key: month, term
-- Warning: Rises and falls are those of the sources first of all.

create or replace table mart.terms_by_month as
with counted as (
    select
        b.counted_month as month,
        w.word as term,
        count(*) as article_count,
        count(*) filter (where b.is_first_in_month) as story_count,
        coalesce(sum(w.occurrence_count) filter (where b.is_first_in_month), 0)::bigint as occurrence_count,
        min(w.article_id) as example_article_id
    from core.words as w
    inner join mart.articles_by_story as b on w.article_id = b.facts_article_id
    where b.counted_month is not null
    group by b.counted_month, w.word
),

months as (
    select
        c.month,
        sum(c.occurrence_count)::double as month_total
    from counted as c
    group by c.month
),

terms as (
    select
        c.term,
        sum(c.occurrence_count)::double as term_total
    from counted as c
    group by c.term
),

corpus as (
    select sum(m.month_total) as corpus_total
    from months as m
),

totals as (
    select
        c.*,
        m.month_total,
        t.term_total,
        o.corpus_total
    from counted as c
    inner join months as m on c.month = m.month
    inner join terms as t on c.term = t.term
    cross join corpus as o
),

expected as (
    select
        t.*,
        t.term_total - t.occurrence_count as elsewhere_count,
        t.corpus_total - t.month_total as elsewhere_total,
        t.month_total * t.term_total / nullif(t.corpus_total, 0) as expected_here,
        (t.corpus_total - t.month_total) * t.term_total / nullif(t.corpus_total, 0) as expected_elsewhere
    from totals as t
),

scored as (
    select
        e.*,
        2 * (
            if(e.occurrence_count > 0, e.occurrence_count * ln(e.occurrence_count / e.expected_here), 0)
            + if(e.elsewhere_count > 0, e.elsewhere_count * ln(e.elsewhere_count / e.expected_elsewhere), 0)
        ) as log_likelihood
    from expected as e
)

select
    s.month,
    s.term,
    s.article_count,
    s.story_count,
    s.occurrence_count,
    round(1e6 * s.occurrence_count / nullif(s.month_total, 0), 1) as per_million,
    round(1e6 * s.elsewhere_count / nullif(s.elsewhere_total, 0), 1) as per_million_elsewhere,
    -- Rounded so that the order of summation cannot show.
    round(if(s.occurrence_count >= s.expected_here, 1, -1) * s.log_likelihood, 4) as keyness,
    s.example_article_id
from scored as s
order by s.month, s.term;

comment on table mart.terms_by_month is
'Terms that rise: counts per month and keyness against all other months. core.words leads on to the articles.';
comment on column mart.terms_by_month.month is 'First day of the month; articles without a day are left out.';
comment on column mart.terms_by_month.term is 'Word of at least two characters: core.words.word.';
comment on column mart.terms_by_month.article_count is 'Articles of the month that hold it, reprints included.';
comment on column mart.terms_by_month.story_count is 'Stories of the month that hold it, reprints counted once.';
comment on column mart.terms_by_month.occurrence_count is
'Occurrences in the month, each story counted once (its first article of the month).';
comment on column mart.terms_by_month.per_million is 'Occurrences per million words of the month.';
comment on column mart.terms_by_month.per_million_elsewhere is
'Occurrences per million words of all other months; null where there are none.';
comment on column mart.terms_by_month.keyness is
'Log-likelihood (Dunning''s G2) of the month against all others, negative where rarer; above 10.83 means p < .001.';
comment on column mart.terms_by_month.example_article_id is
'Article text that holds the term; with term the key of core.words.';

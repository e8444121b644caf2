-- One row per month and term
-- After: mart/articles, mart/term_counts, mart/term_totals
-- Key: month, term
-- Warning: Rises and falls are those of the sources first of all.

-- A view: what is new in one month changes the rows of all months, since each is held against all others.
create or replace view mart.terms_by_month as
with months as (
    select
        b.counted_month as month,
        count(*)::double as month_stories
    from mart.articles as b
    where b.is_first_in_month and b.counted_month is not null and b.word_count > 0
    group by b.counted_month
),

corpus as (
    select sum(m.month_stories) as all_stories
    from months as m
),

-- Rows and what their score hangs on: the month, the stories of the month that hold the term, all that hold it.
counted as not materialized (
    select
        c.*,
        t.month_story_count::double as term_stories
    from mart.term_counts as c
    inner join mart.term_totals as t on c.term = t.term
    where c.month is not null and c.story_count >= 3
),

-- The four cells of a term and a month: stories that hold it or do not, here and elsewhere. Most rows share theirs with
-- many others: of 2.3 million a tenth are left to be scored.
cells as (
    select
        c.month,
        c.story_count,
        c.term_stories,
        count(*) as row_count,
        any_value(m.month_stories) as here,
        any_value(o.all_stories - m.month_stories) as elsewhere,
        c.story_count::double as with_here,
        c.term_stories - c.story_count as with_elsewhere,
        any_value(c.term_stories / o.all_stories) as with_share
    from counted as c
    inner join months as m on c.month = m.month
    cross join corpus as o
    group by c.month, c.story_count, c.term_stories
),

scored as (
    select
        c.*,
        greatest(
            2 * (
                c.with_here * ln(c.with_here / (c.here * c.with_share))
                + if(c.with_elsewhere > 0, c.with_elsewhere * ln(c.with_elsewhere / (c.elsewhere * c.with_share)), 0)
                + if(
                    c.here > c.with_here,
                    (c.here - c.with_here) * ln((c.here - c.with_here) / (c.here * (1 - c.with_share))),
                    0
                )
                + if(
                    c.elsewhere > c.with_elsewhere,
                    (c.elsewhere - c.with_elsewhere)
                    * ln((c.elsewhere - c.with_elsewhere) / (c.elsewhere * (1 - c.with_share))),
                    0
                )
            ),
            0
        ) as log_likelihood,
        log2(((c.with_here + 0.5) / (c.here + 1)) / ((c.with_elsewhere + 0.5) / (c.elsewhere + 1))) as log_ratio,
        -- The argument of the complementary error function of sqrt(log_likelihood / 2), and its series' variable.
        sqrt(log_likelihood / 2) as z,
        1 / (1 + z / 2) as t
    from cells as c
),

-- Chi-square of one degree of freedom: erfc(z) by the Chebyshev series of Numerical Recipes (erfcc), right to 1.2e-7 of
-- itself also where it is tiny.
tested as (
    select
        s.*,
        least(
            s.t * exp(
                -s.z * s.z - 1.26551223 + s.t * (
                    1.00002368 + s.t * (
                        0.37409196 + s.t * (
                            0.09678418 + s.t * (
                                -0.18628806 + s.t * (
                                    0.27886807 + s.t * (
                                        -1.13520398 + s.t * (1.48851587 + s.t * (-0.82215223 + s.t * 0.17087277))
                                    )
                                )
                            )
                        )
                    )
                )
            ),
            1
        ) as p_value
    from scored as s
),

-- Benjamini and Hochberg within each month: p times the rows over those that are at least as unlikely, made monotonous
-- from the top.
stepped as (
    select
        d.month,
        d.p_value,
        d.p_value * (sum(sum(d.row_count)) over (partition by d.month))::bigint
        / (sum(sum(d.row_count)) over (partition by d.month order by d.p_value))::bigint as step
    from tested as d
    group by d.month, d.p_value
),

adjusted as (
    select
        e.month,
        e.p_value,
        round(least(min(e.step) over (partition by e.month order by e.p_value desc), 1), 6) as adjusted_p
    from stepped as e
),

scores as (
    select
        d.month,
        d.story_count,
        d.term_stories,
        d.here::bigint as month_story_count,
        d.with_elsewhere::bigint as elsewhere_story_count,
        -- Rounded so that the order of summation cannot show.
        round(if(d.with_here >= d.here * d.with_share, 1, -1) * d.log_likelihood, 4) as keyness,
        round(d.log_ratio, 4) as log_ratio,
        a.adjusted_p
    from tested as d
    inner join adjusted as a on d.month = a.month and d.p_value = a.p_value
)

select
    c.month,
    c.term,
    c.article_count,
    c.story_count,
    c.occurrence_count,
    s.month_story_count,
    s.elsewhere_story_count,
    s.keyness,
    s.log_ratio,
    s.adjusted_p,
    c.example_article_id
from counted as c
inner join scores as s
    on c.month = s.month and c.story_count = s.story_count and c.term_stories = s.term_stories;

comment on view mart.terms_by_month is
'Terms that rise or fall: the stories of a month that hold a term, at least three, against those of all other months.';
comment on column mart.terms_by_month.month is 'First day of the month; articles without a day are left out.';
comment on column mart.terms_by_month.term is 'Word of at least two characters: core.words.word.';
comment on column mart.terms_by_month.article_count is 'Articles of the month that hold it, reprints included.';
comment on column mart.terms_by_month.story_count is
'Stories of the month that hold it, reprints counted once; never below three, since fewer show no trend.';
comment on column mart.terms_by_month.occurrence_count is
'Occurrences in the month, each story counted once (its first article of the month).';
comment on column mart.terms_by_month.month_story_count is 'All stories of the month.';
comment on column mart.terms_by_month.elsewhere_story_count is
'Stories of other months that hold it; a story printed in two months counts in both.';
comment on column mart.terms_by_month.keyness is
'Log-likelihood (Dunning''s G2) of the stories with the term, here against elsewhere; negative where it is rarer here.';
comment on column mart.terms_by_month.log_ratio is
'Size of the effect: log2 of the share of stories here over that elsewhere, half a story added to each; 1 is twice.';
comment on column mart.terms_by_month.adjusted_p is
'p-value of the keyness, corrected for all rows of the month (Benjamini and Hochberg): below 0.05 one in twenty is
chance.';
comment on column mart.terms_by_month.example_article_id is
'Article text that holds the term; with term the key of core.words.';

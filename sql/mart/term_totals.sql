-- One row per term
-- After: mart/term_counts
-- Key: term
-- Sums: mart.term_counts

create or replace table mart.term_totals as
select
    c.term,
    sum(c.text_count)::bigint as text_count,
    sum(c.printed_count)::bigint as occurrence_count,
    coalesce(sum(c.story_count) filter (where c.month is not null), 0)::bigint as month_story_count
from mart.term_counts as c
group by c.term
order by c.term;

comment on table mart.term_totals is
'How often each term stands in all texts: what mart.terms and mart.terms_by_month weigh a term by.';
comment on column mart.term_totals.term is 'Word of at least two characters: core.words.word.';
comment on column mart.term_totals.text_count is 'Distinct texts that hold it.';
comment on column mart.term_totals.occurrence_count is 'Occurrences in them.';
comment on column mart.term_totals.month_story_count is
'Stories that hold it, of all months: one that is printed in two months counts in both.';

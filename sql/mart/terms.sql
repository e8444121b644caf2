-- One row per term
-- After: mart/articles
-- Key: term

create or replace table mart.terms as
with corpus as (
    select count(*) as text_count
    from mart.articles as b
    where b.article_id = b.facts_article_id and b.word_count > 0
)

select
    w.word as term,
    count(*) as text_count,
    sum(w.occurrence_count)::bigint as occurrence_count,
    round(ln(1 + (any_value(c.text_count) - count(*) + 0.5) / (count(*) + 0.5)), 6) as idf
from core.words as w
cross join corpus as c
group by w.word
order by w.word;

comment on table mart.terms is 'The vocabulary with the weight that search gives each term.';
comment on column mart.terms.term is 'Word of at least two characters: core.words.word.';
comment on column mart.terms.text_count is 'Distinct texts that hold it.';
comment on column mart.terms.occurrence_count is 'Occurrences in them.';
comment on column mart.terms.idf is 'Inverse document frequency as BM25 defines it: the rarer the term, the higher.';

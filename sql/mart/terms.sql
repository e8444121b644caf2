-- One row per term
-- After: mart/articles, mart/term_totals
-- Key: term

create or replace view mart.terms as
with corpus as (
    select count(*) as text_count
    from mart.articles as b
    where b.article_id = b.facts_article_id and b.word_count > 0
)

select
    t.term,
    t.text_count,
    t.occurrence_count,
    round(ln(1 + (c.text_count - t.text_count + 0.5) / (t.text_count + 0.5)), 6) as idf
from mart.term_totals as t
cross join corpus as c;

comment on view mart.terms is 'The vocabulary with the weight that search gives each term.';
comment on column mart.terms.term is 'Word of at least two characters: core.words.word.';
comment on column mart.terms.text_count is 'Distinct texts that hold it.';
comment on column mart.terms.occurrence_count is 'Occurrences in them.';
comment on column mart.terms.idf is 'Inverse document frequency as BM25 defines it: the rarer the term, the higher.';

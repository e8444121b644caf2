-- search(query): one row per article text that holds a word of the query, best first
-- BM25 (k1 = 1.2, b = 0.75) over core.words; a word in the headline counts as much again as one usual occurrence.
-- Column score: Points of BM25; comparable within one answer only.
-- Column terms: Words of the query that the article holds.

create or replace macro main.search(query) as table (
    with terms as (
        select
            t.term,
            t.idf
        from mart.terms as t
        where contains(lower(query), lower(t.term))
    ),

    mean as (
        select greatest(avg(b.word_count), 1) as word_count
        from mart.articles as b
        where b.article_id = b.facts_article_id
    ),

    hits as (
        select
            b.article_id,
            t.term,
            t.idf * 2.2 * w.occurrence_count
            / (w.occurrence_count + 1.2 * (0.25 + 0.75 * b.word_count / m.word_count))
            + case when contains(lower(b.title), lower(t.term)) then t.idf else 0 end as score
        from terms as t
        inner join core.words as w on t.term = w.word
        inner join mart.articles as b on w.article_id = b.article_id
        cross join mean as m
    ),

    ranked as (
        select
            h.article_id,
            round(sum(h.score), 4) as score,
            list(h.term order by h.term asc) as terms
        from hits as h
        group by h.article_id
    )

    select
        r.article_id,
        b.title,
        b.published_on,
        r.score,
        b.site,
        b.story_id,
        r.terms
    from ranked as r
    inner join mart.articles as b on r.article_id = b.article_id
    order by r.score desc, r.article_id asc
);

comment on macro table main.search is 'Articles by relevance to a query in Chinese, best first (BM25); exact copies are left out.'; -- noqa: PRS

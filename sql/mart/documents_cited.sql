-- One row per cited document and place it is cited from
-- After: mart/articles, mart/place_ancestry, mart/linked_spans
-- Key: title, number, adcode

create or replace table mart.documents_cited as
with own_mentions as (
    select m.*
    from core.document_mentions as m
    anti join mart.linked_spans as l
        on m.article_id = l.article_id and m.start_char >= l.start_char and m.start_char < l.end_char
),

-- 《意见》 (“the opinions”) is the paper that the article has named in full.
full_titles as (
    select
        m.article_id,
        m.title,
        first(f.title order by length(f.title) desc, f.title asc) as full_title
    from own_mentions as m
    inner join own_mentions as f
        on m.article_id = f.article_id and length(f.title) > length(m.title) and ends_with(f.title, m.title)
    where length(m.title) <= 12
    group by m.article_id, m.title
),

mentions as (
    select m.* replace (coalesce(f.full_title, m.title) as title) -- noqa: AM04
    from own_mentions as m
    left join full_titles as f on m.article_id = f.article_id and m.title = f.title
),

numbers as (
    select
        m.title,
        mode(m.number order by m.number) as number,
        mode(m.issuer order by m.issuer) as issuer
    from mentions as m
    where m.title is not null
    group by m.title
),

titles as (
    select
        n.number,
        min(n.title) as title
    from numbers as n
    where n.number is not null
    group by n.number
),

-- A paper is one row whether an article cites it by title, by number or by both.
citations as (
    select
        m.article_id,
        m.start_char,
        m.issuer,
        coalesce(m.title, t.title) as title,
        m.number
    from mentions as m
    left join titles as t on m.number = t.number
),

named as (
    select
        c.article_id,
        c.start_char,
        c.title,
        if(c.title is null, c.number, coalesce(n.number, c.number)) as number,
        coalesce(n.issuer, c.issuer) as issuer
    from citations as c
    left join numbers as n on c.title = n.title
    where c.title is not null or c.number is not null
),

counted as (
    select
        n.title,
        n.number,
        b.lead_adcode as adcode,
        min(n.issuer) as issuer,
        count(*) filter (where b.article_id = b.facts_article_id) as mention_count,
        count(distinct b.article_id) as article_count,
        count(distinct b.story_id) as story_count,
        count(distinct b.site) as site_count,
        min(b.counted_on) as first_cited_on,
        max(b.counted_on) as last_cited_on,
        list_sort(list(distinct b.story_id)) as story_ids,
        min(struct_pack(
            counted_on := coalesce(b.counted_on, date '9999-12-31'),
            article_id := n.article_id,
            start_char := n.start_char
        )) as first_citation
    from named as n
    inner join mart.articles as b on n.article_id = b.facts_article_id
    group by n.title, n.number, b.lead_adcode
)

select
    c.title,
    c.number,
    c.issuer,
    c.adcode,
    p.full_place_name,
    p.province_name,
    c.mention_count,
    c.article_count,
    c.story_count,
    c.site_count,
    c.first_cited_on,
    c.last_cited_on,
    c.first_citation.article_id,
    c.first_citation.start_char,
    c.story_ids
from counted as c
left join mart.place_ancestry as p on c.adcode = p.adcode
order by c.title nulls last, c.number nulls last, c.adcode nulls last;

comment on table mart.documents_cited is 'Which policy documents are cited, from where, how often.';
comment on column mart.documents_cited.title is
'Title in full without 《 and 》, also where only 《意见》 is said; null where it is only cited by number.';
comment on column mart.documents_cited.number is 'Official number (文号) where any article gives it; else null.';
comment on column mart.documents_cited.issuer is 'Body that issued it, where any article tells; else null.';
comment on column mart.documents_cited.adcode is
'Place the citing articles name most often; null where they name none.';
comment on column mart.documents_cited.full_place_name is 'Full name of the place.';
comment on column mart.documents_cited.province_name is 'Province of the place.';
comment on column mart.documents_cited.mention_count is 'Citations in distinct texts.';
comment on column mart.documents_cited.article_count is 'Articles that cite it from there, reprints included.';
comment on column mart.documents_cited.story_count is 'Stories that cite it from there, reprints counted once.';
comment on column mart.documents_cited.site_count is 'Sites that published them.';
comment on column mart.documents_cited.first_cited_on is 'Day of the earliest article.';
comment on column mart.documents_cited.last_cited_on is 'Day of the latest article.';
comment on column mart.documents_cited.article_id is
'Article of the earliest citation; with start_char the key of core.document_mentions.';
comment on column mart.documents_cited.start_char is 'Offset of that citation.';
comment on column mart.documents_cited.story_ids is 'All stories that cite it from there.';

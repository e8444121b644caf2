-- evidence(of_article_id, at_char): one row, what stands behind a fact: sentence, page, day, site, repairs, bytes
-- fangzhi cite shows the same with the damaged original, which the raw store holds.
-- Column start_char: Offset of the sentence in the text of the article.
-- Column sentence: The sentence that holds the character.
-- Column block_repairs: Repairs of the sentence's block, as damaged → restored; empty where it was sound.
-- Column page_repair_count: Repairs of the page as a whole, made before blocks were told apart.
-- Column source: The source that brought the page in; null where nobody recorded it.
-- Values: relation StoryRelation; published_from DateOrigin

create or replace macro main.evidence(of_article_id, at_char) as table (
    with numbered as (
        select
            p.article_id,
            p.start_char,
            p.end_char,
            row_number() over (order by p.start_char) as block_rank
        from core.paragraphs as p
        where p.article_id = of_article_id and p.start_char is not null
    ),

    placed as (
        select
            b.ordinal,
            row_number() over (order by b.ordinal) as block_rank
        from core.blocks as b
        where b.article_id = of_article_id and b.kind in ('heading', 'paragraph')
    ),

    -- The block a paragraph was made of is known by its place, unless lines were joined to paragraphs.
    repaired as (
        select r.kind || ': ' || r.damaged || ' → ' || r.restored as repair
        from core.articles as a
        inner join core.repairs as r on a.document_id = r.document_id
        inner join placed as l on r.block_ordinal = l.ordinal
        inner join numbered as n on l.block_rank = n.block_rank
        where
            a.article_id = of_article_id and n.start_char <= at_char and n.end_char > at_char
            and (select count(*) from placed) = (select count(*) from numbered)
    )

    select
        a.article_id,
        at_char::integer as start_char,
        (
            select substring(a.text, s.start_char + 1, s.end_char - s.start_char)
            from core.sentences as s
            where s.article_id = of_article_id and s.start_char <= at_char and s.end_char > at_char
        ) as sentence,
        a.title,
        a.published_on,
        a.published_from,
        a.outlet,
        a.site,
        d.uri,
        d.source,
        d.fetched_at,
        d.content_sha256,
        m.story_id,
        m.relation,
        (select list(r.repair order by r.repair) from repaired as r) as block_repairs,
        (
            select count(*) from core.repairs as r
            where r.document_id = d.document_id and r.block_ordinal is null
        ) as page_repair_count
    from core.articles as a
    inner join core.documents as d on a.document_id = d.document_id
    left join core.story_articles as m on a.article_id = m.article_id
    where a.article_id = of_article_id
);

comment on macro table main.evidence is 'What stands behind a fact: its sentence, page, day, site, repairs and the hash of its bytes.'; -- noqa: PRS

-- trace(article_id): one row per thing that was done to an article and its page, in the order of the stages
-- Column stage: Stage of the run that did it.
-- Column action: What was done: page, same bytes, repair, removal, article, story, link, facts or rejection.
-- Column kind: The kind of it, by the closed list of its table.
-- Column detail: What it was, in words; null where there is nothing to add.
-- Column before: What stood there before; null where nothing did.
-- Column after: What stands there now; null where nothing does.
-- Column confidence: Of a repair or a relation, from 0 to 1; null for the others.
-- Column quantity: Bytes, characters or rows that it is about; null where none is counted.
-- Values: stage Stage

create or replace macro main.trace(article_id) as table (
    with origin as (
        select
            b.article_id,
            b.document_id,
            b.story_id,
            b.relation,
            b.role,
            b.position,
            b.lag_days,
            b.facts_article_id
        from mart.articles as b
        where b.article_id = article_id
    ),

    steps as (
        select
            1 as step,
            'fetch' as stage,
            0 as ordinal,
            'page' as action,
            d.status as kind,
            d.uri as detail,
            null as before,
            d.content_sha256 as after,
            null::double as confidence,
            d.byte_count as quantity
        from core.documents as d inner join origin as o on d.document_id = o.document_id
        union all
        select
            2 as step,
            'fetch' as stage,
            row_number() over (order by d.uri asc)::integer as ordinal,
            'same bytes' as action,
            d.status as kind,
            d.uri as detail,
            null as before,
            d.content_sha256 as after,
            null::double as confidence,
            d.byte_count as quantity
        from core.documents as d inner join origin as o on d.copy_of = o.document_id
        union all
        select
            3 as step,
            'clean' as stage,
            r.ordinal,
            'repair' as action,
            r.kind,
            case when r.block_ordinal is null then 'whole page' else 'block ' || r.block_ordinal end as detail,
            r.damaged as before,
            r.restored as after,
            r.confidence,
            r.start_char::bigint as quantity
        from core.repairs as r inner join origin as o on r.document_id = o.document_id
        union all
        select
            4 as step,
            'clean' as stage,
            r.ordinal,
            'removal' as action,
            r.kind,
            r.reason as detail,
            r.text as before,
            null as after,
            null::double as confidence,
            length(r.text) as quantity
        from core.removed_blocks as r inner join origin as o on r.document_id = o.document_id
        union all
        select
            5 as step,
            'clean' as stage,
            a.ordinal,
            'article' as action,
            case when a.is_complete then 'complete' else 'incomplete' end as kind,
            concat_ws('; ', a.title, a.incomplete_reason) as detail,
            null as before,
            null as after,
            null::double as confidence,
            a.char_count::bigint as quantity
        from core.articles as a inner join origin as o on a.article_id = o.article_id
        union all
        select
            6 as step,
            'deduplicate' as stage,
            s.position as ordinal,
            'story' as action,
            s.relation as kind,
            s.role || ' of story ' || s.story_id as detail,
            t.canonical_article_id as before,
            s.article_id as after,
            s.similarity as confidence,
            s.lag_days::bigint as quantity
        from core.story_articles as s
        inner join origin as o on s.article_id = o.article_id
        inner join core.stories as t on s.story_id = t.story_id
        union all
        select
            7 as step,
            'deduplicate' as stage,
            l.start_char as ordinal,
            'link' as action,
            'holds' as kind,
            'holds story ' || l.story_id as detail,
            null as before,
            null as after,
            l.share as confidence,
            (l.end_char - l.start_char)::bigint as quantity
        from core.story_links as l inner join origin as o on l.article_id = o.article_id
        union all
        select
            8 as step,
            'extract' as stage,
            row_number() over (order by f.kind asc)::integer as ordinal,
            'facts' as action,
            f.kind,
            'from the text of article ' || o.facts_article_id as detail,
            null as before,
            null as after,
            null::double as confidence,
            f.fact_count as quantity
        from origin as o
        inner join mart.fact_counts as f on o.facts_article_id = f.article_id
        union all
        select
            9 as step,
            r.stage,
            0 as ordinal,
            'rejection' as action,
            r.reason as kind,
            r.detail,
            null as before,
            null as after,
            null::double as confidence,
            null::bigint as quantity
        from core.rejections as r inner join origin as o on r.document_id = o.document_id
    )

    select
        s.stage,
        s.action,
        s.kind,
        s.detail,
        s.before,
        s.after,
        s.confidence,
        s.quantity
    from steps as s
    order by s.step, s.ordinal
);

comment on macro table main.trace is 'All repairs, removals, story relations and fact counts of an article, in the order of the stages.'; -- noqa: PRS

-- fact_counts(): one row per article text and kind of fact found in it

create or replace macro main.fact_counts() as table (
    with facts as (
        select
            f.article_id,
            'place_mentions' as kind
        from core.place_mentions as f
        union all
        select
            f.article_id,
            'organization_mentions' as kind
        from core.organization_mentions as f
        union all
        select
            f.article_id,
            'person_mentions' as kind
        from core.person_mentions as f
        union all
        select
            f.article_id,
            'quotes' as kind
        from core.quotes as f
        union all
        select
            f.article_id,
            'dates' as kind
        from core.dates as f
        union all
        select
            f.article_id,
            'figures' as kind
        from core.figures as f
        union all
        select
            f.article_id,
            'practice_mentions' as kind
        from core.practice_mentions as f
        union all
        select
            f.article_id,
            'document_mentions' as kind
        from core.document_mentions as f
    )

    select
        f.article_id,
        f.kind,
        count(*) as fact_count
    from facts as f
    group by f.article_id, f.kind
    order by f.article_id, f.kind
);

comment on macro table main.fact_counts is 'How many facts of each kind an article has; the kind is the name of the table.'; -- noqa: PRS

-- One row per article with facts of its own although its text is exactly the canonical article's

with facts as (
    select distinct
        'place_mentions' as table_name,
        f.article_id
    from core.place_mentions as f
    union all
    select distinct
        'organization_mentions' as table_name,
        f.article_id
    from core.organization_mentions as f
    union all
    select distinct
        'dates' as table_name,
        f.article_id
    from core.dates as f
    union all
    select distinct
        'figures' as table_name,
        f.article_id
    from core.figures as f
    union all
    select distinct
        'practice_mentions' as table_name,
        f.article_id
    from core.practice_mentions as f
    union all
    select distinct
        'practice_mention_places' as table_name,
        f.article_id
    from core.practice_mention_places as f
    union all
    select distinct
        'quotes' as table_name,
        f.article_id
    from core.quotes as f
    union all
    select distinct
        'person_mentions' as table_name,
        f.article_id
    from core.person_mentions as f
    union all
    select distinct
        'document_mentions' as table_name,
        f.article_id
    from core.document_mentions as f
    union all
    select distinct
        'sentences' as table_name,
        f.article_id
    from core.sentences as f
    union all
    select distinct
        'words' as table_name,
        f.article_id
    from core.words as f
)

select
    f.table_name,
    f.article_id
from facts as f
inner join core.story_articles as s on f.article_id = s.article_id
where s.relation = 'exact'

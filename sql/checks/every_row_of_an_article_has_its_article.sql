-- One row per value that names a row of core.articles which does not exist

with named as (
    select distinct
        'paragraphs.article_id' as column_name,
        r.article_id as id
    from core.paragraphs as r
    where r.article_id is not null
    union all
    select distinct
        'contributors.article_id' as column_name,
        r.article_id as id
    from core.contributors as r
    where r.article_id is not null
    union all
    select distinct
        'doubtful_runs.article_id' as column_name,
        r.article_id as id
    from core.doubtful_runs as r
    where r.article_id is not null
    union all
    select distinct
        'doubtful_runs.twin_article_id' as column_name,
        r.twin_article_id as id
    from core.doubtful_runs as r
    where r.twin_article_id is not null
    union all
    select distinct
        'story_articles.article_id' as column_name,
        r.article_id as id
    from core.story_articles as r
    where r.article_id is not null
    union all
    select distinct
        'story_links.article_id' as column_name,
        r.article_id as id
    from core.story_links as r
    where r.article_id is not null
    union all
    select distinct
        'place_mentions.article_id' as column_name,
        r.article_id as id
    from core.place_mentions as r
    where r.article_id is not null
    union all
    select distinct
        'organization_mentions.article_id' as column_name,
        r.article_id as id
    from core.organization_mentions as r
    where r.article_id is not null
    union all
    select distinct
        'dates.article_id' as column_name,
        r.article_id as id
    from core.dates as r
    where r.article_id is not null
    union all
    select distinct
        'figures.article_id' as column_name,
        r.article_id as id
    from core.figures as r
    where r.article_id is not null
    union all
    select distinct
        'practice_mentions.article_id' as column_name,
        r.article_id as id
    from core.practice_mentions as r
    where r.article_id is not null
    union all
    select distinct
        'practice_mention_places.article_id' as column_name,
        r.article_id as id
    from core.practice_mention_places as r
    where r.article_id is not null
    union all
    select distinct
        'quotes.article_id' as column_name,
        r.article_id as id
    from core.quotes as r
    where r.article_id is not null
    union all
    select distinct
        'person_mentions.article_id' as column_name,
        r.article_id as id
    from core.person_mentions as r
    where r.article_id is not null
    union all
    select distinct
        'document_mentions.article_id' as column_name,
        r.article_id as id
    from core.document_mentions as r
    where r.article_id is not null
    union all
    select distinct
        'sentences.article_id' as column_name,
        r.article_id as id
    from core.sentences as r
    where r.article_id is not null
    union all
    select distinct
        'words.article_id' as column_name,
        r.article_id as id
    from core.words as r
    where r.article_id is not null
    union all
    select distinct
        'blocks.article_id' as column_name,
        r.article_id as id
    from core.blocks as r
    where r.article_id is not null
    union all
    select distinct
        'stories.canonical_article_id' as column_name,
        r.canonical_article_id as id
    from core.stories as r
    where r.canonical_article_id is not null
)

select
    n.column_name,
    n.id
from named as n
anti join core.articles as k on n.id = k.article_id

-- One row per kind, role, level, relation, status or reason that is not on its closed list

with lists as (
    select
        'documents.status' as column_name,
        ['loaded', 'copy', 'superseded', 'rejected'] as allowed
    union all
    select
        'articles.published_precision' as column_name,
        ['second', 'minute', 'day', 'month', 'year'] as allowed
    union all
    select
        'paragraphs.kind' as column_name,
        ['heading', 'paragraph', 'caption', 'summary'] as allowed
    union all
    select
        'contributors.role' as column_name,
        ['author', 'editor', 'photographer'] as allowed
    union all
    select
        'repairs.kind' as column_name,
        [
            'wrong_charset', 'byte_shift', 'pinyin', 'entity', 'invisible', 'lost', 'script', 'spacing',
            'punctuation', 'bracket', 'ocr', 'normalization', 'twin'
        ] as allowed
    union all
    select
        'removed_blocks.kind' as column_name,
        [
            'navigation', 'advertisement', 'spam', 'disclaimer', 'related', 'ranking', 'footer', 'share',
            'markup', 'placeholder', 'repeated', 'hidden', 'script', 'comment', 'metadata', 'other'
        ] as allowed
    union all
    select
        'blocks.kind' as column_name,
        [
            'title', 'kicker', 'summary', 'rubric', 'metadata', 'heading', 'paragraph', 'caption', 'repeated',
            'removed'
        ] as allowed
    union all
    select
        'story_articles.relation' as column_name,
        ['canonical', 'exact', 'near', 'contains', 'contained'] as allowed
    union all
    select
        'story_articles.role' as column_name,
        ['original', 'reprint_credited', 'reprint_uncredited', 'mirror'] as allowed
    union all
    select
        'places.level' as column_name,
        ['province', 'city', 'county'] as allowed
    union all
    select
        'place_mentions.level' as column_name,
        ['province', 'city', 'county', 'township', 'community', 'village', 'other'] as allowed
    union all
    select
        'organization_mentions.kind' as column_name,
        ['party', 'government', 'enterprise', 'social', 'community', 'media', 'school', 'hospital', 'other'] as allowed
    union all
    select
        'figures.bound' as column_name,
        ['at_least', 'at_most', 'less_than', 'more_than'] as allowed
    union all
    select
        'practice_mentions.kind' as column_name,
        [
            'alliance', 'service_station', 'joint_meeting', 'grid', 'list_matching', 'fund', 'brand',
            'volunteer', 'platform', 'property', 'regulation', 'other'
        ] as allowed
    union all
    select
        'practice_mentions.status' as column_name,
        [
            'adopted', 'trial', 'planned', 'proposed', 'applied', 'ended', 'denied', 'visited', 'promoted', 'general'
        ] as allowed
    union all
    select
        'practice_mentions.stated_precision' as column_name,
        ['day', 'month', 'quarter', 'half_year', 'year', 'period', 'before'] as allowed
    union all
    select
        'practice_mention_places.level' as column_name,
        ['province', 'city', 'county', 'township', 'community', 'village', 'other'] as allowed
    union all
    select
        'practice_mention_places.role' as column_name,
        ['own', 'superior'] as allowed
    union all
    select
        'rejections.stage' as column_name,
        ['fetch', 'clean', 'deduplicate', 'extract', 'load', 'summarise'] as allowed
    union all
    select
        'rejections.reason' as column_name,
        [
            'source_not_found', 'source_list_invalid', 'folder_empty', 'warc_unsupported', 'feed_unsupported',
            'sitemap_unsupported', 'feed_empty', 'sitemap_empty', 'section_empty', 'issue_missing',
            'unreadable_file', 'unreadable_rows', 'unreadable_warc', 'warc_revisit', 'robots_disallowed',
            'unreachable', 'timed_out', 'http_error', 'too_large', 'too_deep', 'empty', 'empty_page', 'binary',
            'undecodable', 'processing_failed', 'no_article_found', 'not_chinese', 'list_page', 'search_results',
            'error_page', 'login_wall', 'paywall', 'forum_pager'
        ] as allowed
    union all
    select
        'runs.status' as column_name,
        ['running', 'completed', 'failed'] as allowed
    union all
    select
        'run_stages.stage' as column_name,
        ['fetch', 'clean', 'deduplicate', 'extract', 'load', 'summarise'] as allowed
),

entries as (
    select distinct
        'documents.status' as column_name,
        r.status as entry
    from core.documents as r
    union all
    select distinct
        'articles.published_precision' as column_name,
        r.published_precision as entry
    from core.articles as r
    union all
    select distinct
        'paragraphs.kind' as column_name,
        r.kind as entry
    from core.paragraphs as r
    union all
    select distinct
        'contributors.role' as column_name,
        r.role as entry
    from core.contributors as r
    union all
    select distinct
        'repairs.kind' as column_name,
        r.kind as entry
    from core.repairs as r
    union all
    select distinct
        'removed_blocks.kind' as column_name,
        r.kind as entry
    from core.removed_blocks as r
    union all
    select distinct
        'blocks.kind' as column_name,
        r.kind as entry
    from core.blocks as r
    union all
    select distinct
        'story_articles.relation' as column_name,
        r.relation as entry
    from core.story_articles as r
    union all
    select distinct
        'story_articles.role' as column_name,
        r.role as entry
    from core.story_articles as r
    union all
    select distinct
        'places.level' as column_name,
        r.level as entry
    from core.places as r
    union all
    select distinct
        'place_mentions.level' as column_name,
        r.level as entry
    from core.place_mentions as r
    union all
    select distinct
        'organization_mentions.kind' as column_name,
        r.kind as entry
    from core.organization_mentions as r
    union all
    select distinct
        'figures.bound' as column_name,
        r.bound as entry
    from core.figures as r
    union all
    select distinct
        'practice_mentions.kind' as column_name,
        r.kind as entry
    from core.practice_mentions as r
    union all
    select distinct
        'practice_mentions.status' as column_name,
        r.status as entry
    from core.practice_mentions as r
    union all
    select distinct
        'practice_mentions.stated_precision' as column_name,
        r.stated_precision as entry
    from core.practice_mentions as r
    union all
    select distinct
        'practice_mention_places.level' as column_name,
        r.level as entry
    from core.practice_mention_places as r
    union all
    select distinct
        'practice_mention_places.role' as column_name,
        r.role as entry
    from core.practice_mention_places as r
    union all
    select distinct
        'rejections.stage' as column_name,
        r.stage as entry
    from core.rejections as r
    union all
    select distinct
        'rejections.reason' as column_name,
        r.reason as entry
    from core.rejections as r
    union all
    select distinct
        'runs.status' as column_name,
        r.status as entry
    from core.runs as r
    union all
    select distinct
        'run_stages.stage' as column_name,
        r.stage as entry
    from core.run_stages as r
)

select
    e.column_name,
    e.entry
from entries as e
inner join lists as l on e.column_name = l.column_name
where e.entry is not null and not list_contains(l.allowed, e.entry)

-- One row per key that more than one row of a core table has

select
    'articles' as table_name,
    concat_ws('|', t.article_id) as row_key,
    count(*) as row_count
from core.articles as t
group by t.article_id
having count(*) > 1
union all
select
    'blocks' as table_name,
    concat_ws('|', t.document_id, t.ordinal) as row_key,
    count(*) as row_count
from core.blocks as t
group by t.document_id, t.ordinal
having count(*) > 1
union all
select
    'contributors' as table_name,
    concat_ws('|', t.article_id, t.ordinal) as row_key,
    count(*) as row_count
from core.contributors as t
group by t.article_id, t.ordinal
having count(*) > 1
union all
select
    'dates' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.dates as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'document_mentions' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.document_mentions as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'documents' as table_name,
    concat_ws('|', t.document_id) as row_key,
    count(*) as row_count
from core.documents as t
group by t.document_id
having count(*) > 1
union all
select
    'figures' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.figures as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'organization_mentions' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.organization_mentions as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'paragraphs' as table_name,
    concat_ws('|', t.article_id, t.ordinal) as row_key,
    count(*) as row_count
from core.paragraphs as t
group by t.article_id, t.ordinal
having count(*) > 1
union all
select
    'person_mentions' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.person_mentions as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'place_mentions' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.place_mentions as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'places' as table_name,
    concat_ws('|', t.adcode) as row_key,
    count(*) as row_count
from core.places as t
group by t.adcode
having count(*) > 1
union all
select
    'practice_mention_places' as table_name,
    concat_ws('|', t.article_id, t.start_char, t.place_name) as row_key,
    count(*) as row_count
from core.practice_mention_places as t
group by t.article_id, t.start_char, t.place_name
having count(*) > 1
union all
select
    'practice_mentions' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.practice_mentions as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'practices' as table_name,
    concat_ws('|', t.practice_id) as row_key,
    count(*) as row_count
from core.practices as t
group by t.practice_id
having count(*) > 1
union all
select
    'quotes' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.quotes as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'rejections' as table_name,
    concat_ws('|', t.rejection_id) as row_key,
    count(*) as row_count
from core.rejections as t
group by t.rejection_id
having count(*) > 1
union all
select
    'removed_blocks' as table_name,
    concat_ws('|', t.document_id, t.ordinal) as row_key,
    count(*) as row_count
from core.removed_blocks as t
group by t.document_id, t.ordinal
having count(*) > 1
union all
select
    'repairs' as table_name,
    concat_ws('|', t.document_id, t.ordinal) as row_key,
    count(*) as row_count
from core.repairs as t
group by t.document_id, t.ordinal
having count(*) > 1
union all
select
    'run_stages' as table_name,
    concat_ws('|', t.run_id, t.ordinal) as row_key,
    count(*) as row_count
from core.run_stages as t
group by t.run_id, t.ordinal
having count(*) > 1
union all
select
    'runs' as table_name,
    concat_ws('|', t.run_id) as row_key,
    count(*) as row_count
from core.runs as t
group by t.run_id
having count(*) > 1
union all
select
    'sentences' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.sentences as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'site_lines' as table_name,
    concat_ws('|', t.site_key, t.line) as row_key,
    count(*) as row_count
from core.site_lines as t
group by t.site_key, t.line
having count(*) > 1
union all
select
    'doubtful_runs' as table_name,
    concat_ws('|', t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.doubtful_runs as t
group by t.article_id, t.start_char
having count(*) > 1
union all
select
    'sketches' as table_name,
    concat_ws('|', t.article_id) as row_key,
    count(*) as row_count
from core.sketches as t
group by t.article_id
having count(*) > 1
union all
select
    'stories' as table_name,
    concat_ws('|', t.story_id) as row_key,
    count(*) as row_count
from core.stories as t
group by t.story_id
having count(*) > 1
union all
select
    'story_articles' as table_name,
    concat_ws('|', t.article_id) as row_key,
    count(*) as row_count
from core.story_articles as t
group by t.article_id
having count(*) > 1
union all
select
    'story_links' as table_name,
    concat_ws('|', t.story_id, t.article_id, t.start_char) as row_key,
    count(*) as row_count
from core.story_links as t
group by t.story_id, t.article_id, t.start_char
having count(*) > 1
union all
select
    'words' as table_name,
    concat_ws('|', t.article_id, t.word) as row_key,
    count(*) as row_count
from core.words as t
group by t.article_id, t.word
having count(*) > 1

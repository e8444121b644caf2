-- One row per figure and scope in which it can be contradicted
-- After: mart/articles, mart/place_ancestry
-- Key: scope, article_id, start_char
-- Part: article_id
-- Values: scope ConflictScope

create or replace table mart.figure_keys as
with texts as (
    select
        b.facts_article_id as article_id,
        any_value(b.story_id) as story_id,
        min(b.counted_on) as counted_on
    from mart.articles as b
    group by b.facts_article_id
),

-- 全市现有网格 and 某市的网格 are both 网格: neither the place nor the verb belongs to what is counted.
statements as (
    select
        f.article_id,
        f.start_char,
        f.end_char,
        f.adcode,
        nullif(
            regexp_replace(
                replace(f.subject, coalesce(p.place_name, ''), ''),
                '^.*(?:现有|共有|已有|拥有|设有|建有|建成|建立|组建|成立|划分|划为|设立|设置|配备|新增|累计|共计|合计|的)'
                || '|^全[省市州县区镇乡]',
                ''
            ),
            ''
        ) as counted_subject,
        t.story_id,
        coalesce(f.year, year(t.counted_on)) as known_year
    from core.figures as f
    inner join texts as t on f.article_id = t.article_id
    left join mart.place_ancestry as p on f.adcode = p.adcode
),

retold_stories as (
    select t.story_id
    from texts as t
    group by t.story_id
    having count(*) > 1
)

-- Reprints of a story hold the same words around a figure: the words, not the subject, tell that it is the same one.
select
    'reprints' as scope,
    concat_ws(
        '|',
        substring(a.text, greatest(s.start_char - 8, 0) + 1, least(s.start_char, 8)),
        substring(a.text, s.end_char + 1, 6)
    ) as figure_key,
    s.article_id,
    s.start_char,
    s.counted_subject,
    s.known_year
from statements as s
inner join retold_stories as r on s.story_id = r.story_id
inner join core.articles as a on s.article_id = a.article_id
union all
select
    'stories' as scope,
    concat_ws('|', s.counted_subject, s.adcode, s.known_year) as figure_key,
    s.article_id,
    s.start_char,
    s.counted_subject,
    s.known_year
from statements as s
where s.counted_subject is not null and s.adcode is not null and s.known_year is not null
order by scope, article_id, start_char;

comment on table mart.figure_keys is
'Which figures speak of the same thing, between reprints of a story and between stories: what mart.figure_conflicts
compares.';
comment on column mart.figure_keys.scope is
'reprints: compared with the other versions of its story; stories: with those of other stories.';
comment on column mart.figure_keys.figure_key is
'Figures of one scope, key and unit are held against each other, between reprints those of one story: words around it,
or subject, place and year.';
comment on column mart.figure_keys.article_id is
'Article text that states it: with start_char the key of core.figures.';
comment on column mart.figure_keys.start_char is 'Offset of the figure.';
comment on column mart.figure_keys.counted_subject is
'What is counted, without place and verb; null where the text does not tell (only between reprints).';
comment on column mart.figure_keys.known_year is
'Year the figure speaks of, else that of publication; null where neither is known (only between reprints).';

-- One row per figure that is stated with different values
-- After: mart/articles_by_story, mart/place_ancestry

create or replace table mart.figure_conflicts as
with statements as (
    select
        f.article_id,
        f.start_char,
        f.end_char,
        f.surface,
        f.value,
        f.value_max,
        f.approximate,
        f.unit,
        f.subject,
        f.adcode,
        coalesce(f.year, b.counted_year) as year,
        b.story_id,
        b.site,
        b.counted_on,
        -- 约, 余 and 近 leave room: a tenth to either side is no contradiction.
        f.value * if(f.approximate, 0.9, 1) as low,
        coalesce(f.value_max, f.value) * if(f.approximate, 1.1, 1) as high
    from core.figures as f
    inner join mart.articles_by_story as b on f.article_id = b.article_id
),

retold_stories as (
    select s.story_id
    from core.stories as s
    where s.article_count > 1
),

-- Reprints of a story hold the same words around a figure: the words, not the subject, tell that it is the same one.
reprinted as (
    select
        'reprints' as scope,
        s.*,
        s.story_id
        || '|' || substring(a.text, greatest(s.start_char - 8, 0) + 1, least(s.start_char, 8))
        || '|' || substring(a.text, s.end_char + 1, 6) as figure_key
    from statements as s
    inner join retold_stories as r on s.story_id = r.story_id
    inner join core.articles as a on s.article_id = a.article_id
),

retold as (
    select
        'stories' as scope,
        s.*,
        concat_ws('|', s.subject, s.adcode, s.year) as figure_key
    from statements as s
    where s.subject is not null and s.adcode is not null and s.year is not null
),

-- An article that gives one key two values means two things by it.
unambiguous as (
    select u.*
    from (
        select * from reprinted
        union all by name
        select * from retold
    ) as u
    qualify
        min(u.value) over (partition by u.scope, u.figure_key, u.unit, u.article_id)
        = max(u.value) over (partition by u.scope, u.figure_key, u.unit, u.article_id)
        and row_number() over (
            partition by u.scope, u.figure_key, u.unit, u.article_id order by u.start_char
        ) = 1
),

conflicts as (
    select
        u.scope,
        u.figure_key,
        u.unit,
        min(u.value) as lowest_value,
        max(coalesce(u.value_max, u.value)) as highest_value,
        count(distinct u.value) as value_count,
        count(distinct u.article_id) as text_count,
        count(distinct u.story_id) as story_count,
        if(u.scope = 'reprints', any_value(u.story_id), null) as story_id,
        arg_min(u.subject, (u.counted_on, u.article_id)) as subject,
        arg_min(u.adcode, (u.counted_on, u.article_id)) as adcode,
        arg_min(u.year, (u.counted_on, u.article_id)) as year,
        list(
            struct_pack(
                value := u.value,
                value_max := u.value_max,
                surface := u.surface,
                published_on := u.counted_on,
                site := u.site,
                story_id := u.story_id,
                article_id := u.article_id,
                start_char := u.start_char
            )
            order by u.counted_on asc nulls last, u.article_id asc, u.start_char asc
        ) as statements
    from unambiguous as u
    group by u.scope, u.figure_key, u.unit
    having
        max(u.low) > min(u.high)
        and if(u.scope = 'reprints', count(distinct u.article_id), count(distinct u.story_id)) > 1
),

copies as (
    select
        b.facts_article_id,
        count(*) as article_count
    from mart.articles_by_story as b
    group by b.facts_article_id
),

article_counts as (
    select
        u.scope,
        u.figure_key,
        u.unit,
        sum(c.article_count)::bigint as article_count
    from unambiguous as u
    inner join copies as c on u.article_id = c.facts_article_id
    group by u.scope, u.figure_key, u.unit
)

select
    c.scope,
    c.subject,
    c.adcode,
    p.full_place_name,
    c.unit,
    c.year,
    c.lowest_value,
    c.highest_value,
    c.value_count,
    n.article_count,
    c.story_count,
    c.story_id,
    c.statements
from conflicts as c
inner join article_counts as n on c.scope = n.scope and c.figure_key = n.figure_key and c.unit = n.unit
left join mart.place_ancestry as p on c.adcode = p.adcode
order by c.scope, c.story_id nulls last, c.adcode nulls last, c.subject nulls last, c.unit, c.year, c.figure_key;

comment on table mart.figure_conflicts is
'The same subject, place and unit stated with different values: in reprints of one story or by several stories.';
comment on column mart.figure_conflicts.scope is
'reprints: the figure changed between versions of one story; stories: independent stories state it differently.';
comment on column mart.figure_conflicts.subject is
'What is counted; null where the text does not tell (only between reprints).';
comment on column mart.figure_conflicts.adcode is
'Place the figure speaks of; null where unknown (only between reprints).';
comment on column mart.figure_conflicts.full_place_name is 'Full name of the place.';
comment on column mart.figure_conflicts.unit is 'Measure word or unit.';
comment on column mart.figure_conflicts.year is 'Year the figure speaks of, else the year of publication.';
comment on column mart.figure_conflicts.lowest_value is 'Lowest value stated.';
comment on column mart.figure_conflicts.highest_value is 'Highest value stated.';
comment on column mart.figure_conflicts.value_count is 'Different values stated.';
comment on column mart.figure_conflicts.article_count is 'Articles that state one of them, exact copies included.';
comment on column mart.figure_conflicts.story_count is 'Stories that state one of them.';
comment on column mart.figure_conflicts.story_id is 'The story, where the conflict is between its reprints.';
comment on column mart.figure_conflicts.statements is
'Each statement with value, surface, day, site, story, article and offset (key of core.figures), earliest first.';

-- One row per figure that is stated with different values
-- After: mart/articles, mart/place_ancestry, mart/figure_keys
-- Key: scope, statements
-- Part: figure_key
-- Values: scope ConflictScope
-- Warning: A conflict shows that one value is wrong or another thing was counted, not which.

create or replace table mart.figure_conflicts as
with texts as (
    select
        b.facts_article_id as article_id,
        any_value(b.story_id) as story_id,
        count(*) as article_count,
        arg_min(b.site, b.position) as site,
        min(b.counted_on) as counted_on
    from mart.articles as b
    group by b.facts_article_id
),

keyed as (
    select
        k.scope,
        if(k.scope = 'reprints', t.story_id, null) as story_id,
        k.figure_key,
        k.counted_subject,
        k.known_year,
        f.*,
        -- 约, 余 and 近 leave room: a tenth to either side is no contradiction.
        f.value * if(f.approximate, 0.9, 1) as low,
        coalesce(f.value_max, f.value) * if(f.approximate, 1.1, 1) as high
    from mart.figure_keys as k
    inner join core.figures as f on k.article_id = f.article_id and k.start_char = f.start_char
    inner join texts as t on k.article_id = t.article_id
),

-- An article that gives one key two values means two things by it.
unambiguous as materialized (
    select
        k.scope,
        k.story_id,
        k.figure_key,
        k.unit,
        k.article_id,
        min(k.low) as low,
        max(k.high) as high,
        min(k.value) as value,
        min(struct_pack(
            start_char := k.start_char,
            surface := k.surface,
            value_max := k.value_max,
            subject := k.subject,
            counted_subject := k.counted_subject,
            adcode := k.adcode,
            known_year := k.known_year
        )) as first_statement
    from keyed as k
    group by k.scope, k.story_id, k.figure_key, k.unit, k.article_id
    having min(k.value) = max(k.value)
),

-- Few keys are disputed: the lists are made for these alone.
disputed as (
    select
        u.scope,
        u.story_id,
        u.figure_key,
        u.unit
    from unambiguous as u
    group by u.scope, u.story_id, u.figure_key, u.unit
    having max(u.low) > min(u.high)
),

conflicts as (
    select
        u.scope,
        u.story_id,
        u.figure_key,
        u.unit,
        min(u.value) as lowest_value,
        max(coalesce(u.first_statement.value_max, u.value)) as highest_value,
        count(distinct u.value) as value_count,
        sum(t.article_count)::bigint as article_count,
        count(distinct t.story_id) as story_count,
        list(
            struct_pack(
                value := u.value,
                value_max := u.first_statement.value_max,
                surface := u.first_statement.surface,
                subject := u.first_statement.subject,
                published_on := t.counted_on,
                site := t.site,
                story_id := t.story_id,
                article_id := u.article_id,
                start_char := u.first_statement.start_char
            )
            order by t.counted_on asc nulls last, u.article_id asc
        ) as statements,
        first(u.first_statement order by t.counted_on asc nulls last, u.article_id asc) as first_statement
    from unambiguous as u
    semi join disputed as d
        on
            u.scope = d.scope and u.story_id is not distinct from d.story_id
            and u.figure_key = d.figure_key and u.unit = d.unit
    inner join texts as t on u.article_id = t.article_id
    group by u.scope, u.story_id, u.figure_key, u.unit
    having u.scope = 'reprints' or count(distinct t.story_id) > 1
)

select
    c.scope,
    c.figure_key,
    coalesce(c.first_statement.counted_subject, c.first_statement.subject) as subject,
    c.first_statement.adcode,
    p.full_place_name,
    c.unit,
    c.first_statement.known_year as year,
    c.lowest_value,
    c.highest_value,
    c.value_count,
    c.article_count,
    c.story_count,
    c.story_id,
    c.statements
from conflicts as c
left join mart.place_ancestry as p on c.first_statement.adcode = p.adcode
order by c.scope, c.story_id nulls last, c.figure_key, c.unit;

comment on table mart.figure_conflicts is
'The same subject, place and unit stated with different values: in reprints of one story or by several stories.';
comment on column mart.figure_conflicts.scope is
'reprints: the figure changed between versions of one story; stories: independent stories state it differently.';
comment on column mart.figure_conflicts.figure_key is
'What tells that two figures speak of the same thing: mart.figure_keys.figure_key.';
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
comment on column mart.figure_conflicts.story_id is
'The story, where the conflict is between its reprints; null where it is between stories.';
comment on column mart.figure_conflicts.statements is
'Each statement with value, surface, subject, day, site, story, article and offset (key of core.figures).';

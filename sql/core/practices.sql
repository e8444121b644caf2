-- One row per practice, its spelling variants joined

create or replace table core.practices as
with spellings as (
    select
        m.practice_id,
        m.name,
        count(distinct m.article_id) as text_count,
        count(*) as mention_count
    from core.practice_mentions as m
    where m.practice_id is not null
    group by m.practice_id, m.name
),

ranked_spellings as (
    select
        s.practice_id,
        s.name,
        row_number() over (
            partition by s.practice_id
            order by s.text_count desc, s.mention_count desc, length(s.name) asc, s.name asc
        ) as spelling_rank
    from spellings as s
),

kinds as (
    select
        m.practice_id,
        m.kind
    from core.practice_mentions as m
    where m.practice_id is not null
    group by m.practice_id, m.kind
    -- A practice that some article could name more exactly is not an other one.
    qualify row_number() over (
        partition by m.practice_id
        order by (m.kind = 'other') asc, count(*) desc, m.kind asc
    ) = 1
)

select
    r.practice_id,
    min(r.name) filter (where r.spelling_rank = 1) as name,
    any_value(k.kind) as kind,
    coalesce(
        list(r.name order by r.spelling_rank asc) filter (where r.spelling_rank > 1), []::varchar[]
    ) as aliases
from ranked_spellings as r
inner join kinds as k on r.practice_id = k.practice_id
group by r.practice_id
order by r.practice_id;

comment on table core.practices is 'Named governance practices over all articles, built from core.practice_mentions.';
comment on column core.practices.practice_id is 'Stable hash of the folded name.';
comment on column core.practices.name is 'The spelling that most texts use.';
comment on column core.practices.kind is 'The most usual kind among its mentions, other only where none tells more.';
comment on column core.practices.aliases is 'The other spellings, most usual first; empty where there is only one.';

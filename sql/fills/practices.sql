-- Fills core.practices from the mentions: one row per practice, the most usual spelling as its name

delete from core.practices;

insert into core.practices (practice_id, name, kind, aliases)
with spellings as (
    select
        m.practice_id,
        m.name,
        count(distinct m.article_id) as article_count,
        count(*) as mention_count
    from core.practice_mentions as m
    group by m.practice_id, m.name
),

kinds as (
    select
        m.practice_id,
        m.kind,
        -- A kind that was told outweighs any number of mentions where it was not.
        row_number() over (
            partition by m.practice_id order by m.kind = 'other' asc, count(*) desc, m.kind asc
        ) as kind_rank
    from core.practice_mentions as m
    group by m.practice_id, m.kind
),

named as (
    select
        s.practice_id,
        first(s.name order by s.article_count desc, s.mention_count desc, length(s.name) asc, s.name asc) as name,
        list(s.name order by s.name asc) as spellings
    from spellings as s
    group by s.practice_id
)

select
    n.practice_id,
    n.name,
    k.kind,
    list_filter(n.spellings, lambda s: s != n.name) as aliases
from named as n
inner join kinds as k on n.practice_id = k.practice_id and k.kind_rank = 1
order by n.practice_id;

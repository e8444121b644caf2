-- Fills core.practices from the mentions: one row per practice, the most usual spelling as its name

create or replace temp table earlier_practices as
select
    p.practice_id,
    p.name
from core.practices as p;

-- What a spelling means is told anew in each run: a correction that was taken out of overrides.csv is taken back.
update core.practice_mentions set practice_id = spelling_id
where practice_id is distinct from spelling_id;

create or replace temp table corrected_mentions as
select
    m.article_id,
    m.start_char,
    o.ordinal,
    o.target_id as practice_id
from core.practice_mentions as m
inner join core.practice_overrides as o
    on
        m.spelling_id = o.spelling_id
        and o.action in ('merge', 'split', 'drop')
        -- A code ends in zeros where it is that of a province or city: 330000 holds all that begins with 33.
        and (o.adcode is null or starts_with(m.adcode, rtrim(o.adcode, '0')))
qualify
    row_number() over (
        partition by m.article_id, m.start_char order by (o.adcode is null)::integer asc, o.ordinal asc
    ) = 1;

update core.practice_mentions set practice_id = c.practice_id
from corrected_mentions as c
where practice_mentions.article_id = c.article_id and practice_mentions.start_char = c.start_char;

update core.practice_overrides set mention_count = 0;

update core.practice_overrides set mention_count = n.mention_count
from (
    select
        o.ordinal,
        count(*) as mention_count
    from core.practice_overrides as o
    left join corrected_mentions as c on o.ordinal = c.ordinal
    left join core.practice_mentions as m on o.spelling_id = m.practice_id and o.action in ('rename', 'mark')
    where c.article_id is not null or m.article_id is not null
    group by o.ordinal
) as n
where practice_overrides.ordinal = n.ordinal;

delete from core.practices;

insert into core.practices (practice_id, name, kind, aliases, is_generic, is_national, province_count)
with spellings as (
    select
        m.practice_id,
        m.name,
        count(distinct m.article_id) as article_count,
        count(*) as mention_count
    from core.practice_mentions as m
    where m.practice_id is not null
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
    where m.practice_id is not null
    group by m.practice_id, m.kind
),

given_names as (
    select
        coalesce(o.target_id, o.spelling_id) as practice_id,
        last(o.target order by (o.action = 'rename')::integer asc, o.ordinal asc) as name
    from core.practice_overrides as o
    where o.action in ('rename', 'merge', 'split')
    group by coalesce(o.target_id, o.spelling_id)
),

named as (
    select
        s.practice_id,
        coalesce(
            any_value(g.name),
            first(s.name order by s.article_count desc, s.mention_count desc, length(s.name) asc, s.name asc)
        ) as name,
        list(s.name order by s.name asc) as spellings
    from spellings as s
    left join given_names as g on s.practice_id = g.practice_id
    group by s.practice_id
),

provinces as (
    select
        m.practice_id,
        left(p.adcode, 2) as province,
        count(distinct p.place_name) as place_count
    from core.practice_mentions as m
    inner join core.practice_mention_places as p on m.article_id = p.article_id and m.start_char = p.start_char
    where p.role = 'own' and m.status in ('adopted', 'trial') and p.adcode is not null and m.practice_id is not null
    group by m.practice_id, left(p.adcode, 2)
),

spread as (
    select
        p.practice_id,
        count(*) as province_count,
        -- A practice that spreads has a province that leads; a name that everybody uses has none.
        count(*) >= 6 and max(p.place_count) * 4 <= sum(p.place_count) as is_everywhere
    from provinces as p
    group by p.practice_id
),

marks as (
    select
        o.spelling_id as practice_id,
        last(o.target order by o.ordinal asc) as scope
    from core.practice_overrides as o
    where o.action = 'mark'
    group by o.spelling_id
),

scopes as (
    select
        n.practice_id,
        coalesce(w.province_count, 0) as province_count,
        coalesce(k.scope, c.scope, if(w.is_everywhere, 'generic', 'specific'), 'specific') as scope
    from named as n
    left join spread as w on n.practice_id = w.practice_id
    left join core.common_practices as c on n.practice_id = c.spelling_id
    left join marks as k on n.practice_id = k.practice_id
)

select
    n.practice_id,
    n.name,
    k.kind,
    list_filter(n.spellings, lambda s: s != n.name) as aliases,
    s.scope = 'generic' as is_generic,
    s.scope = 'national' as is_national,
    s.province_count
from named as n
inner join kinds as k on n.practice_id = k.practice_id and k.kind_rank = 1
inner join scopes as s on n.practice_id = s.practice_id
order by n.practice_id;

insert into core.practice_aliases (alias_id, practice_id, name)
select
    e.practice_id as alias_id,
    null as practice_id,
    e.name
from earlier_practices as e
where
    e.practice_id not in (select p.practice_id from core.practices as p)
    and e.practice_id not in (select a.alias_id from core.practice_aliases as a);

delete from core.practice_aliases
where alias_id in (select p.practice_id from core.practices as p);

update core.practice_aliases set practice_id = n.practice_id
from (
    select
        a.alias_id,
        mode(m.practice_id order by m.practice_id) as practice_id
    from core.practice_aliases as a
    left join core.practice_mentions as m on a.alias_id = m.spelling_id and m.practice_id is not null
    group by a.alias_id
) as n
where practice_aliases.alias_id = n.alias_id and practice_aliases.practice_id is distinct from n.practice_id;

drop table earlier_practices;

drop table corrected_mentions;

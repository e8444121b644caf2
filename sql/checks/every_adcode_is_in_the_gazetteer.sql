-- One row per value that names a row of core.places which does not exist

with named as (
    select distinct
        'places.parent_adcode' as column_name,
        r.parent_adcode as id
    from core.places as r
    where r.parent_adcode is not null
    union all
    select distinct
        'place_mentions.adcode' as column_name,
        r.adcode as id
    from core.place_mentions as r
    where r.adcode is not null
    union all
    select distinct
        'organization_mentions.adcode' as column_name,
        r.adcode as id
    from core.organization_mentions as r
    where r.adcode is not null
    union all
    select distinct
        'figures.adcode' as column_name,
        r.adcode as id
    from core.figures as r
    where r.adcode is not null
    union all
    select distinct
        'practice_mentions.adcode' as column_name,
        r.adcode as id
    from core.practice_mentions as r
    where r.adcode is not null
    union all
    select distinct
        'practice_mention_places.adcode' as column_name,
        r.adcode as id
    from core.practice_mention_places as r
    where r.adcode is not null
)

select
    n.column_name,
    n.id
from named as n
anti join core.places as k on n.id = k.adcode

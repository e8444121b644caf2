-- One row per text and name under which it speaks of a practice
-- Key: article_id, name
-- Part: article_id

create or replace table mart.practice_names as
select
    m.article_id,
    m.name,
    min(m.practice_id) as practice_id
from core.practice_mentions as m
where m.practice_id is not null
group by m.article_id, m.name
order by m.article_id, m.name;

comment on table mart.practice_names is
'Which practice a text means by a name: how designations, which print only the name, find theirs.';
comment on column mart.practice_names.article_id is 'core.articles.article_id.';
comment on column mart.practice_names.name is 'The name as the text uses it: core.practice_mentions.name.';
comment on column mart.practice_names.practice_id is 'core.practices.practice_id.';

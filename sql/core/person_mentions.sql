-- One row per person named in an article
-- Key: article_id, start_char
-- Warning: People of one name are not told apart.

create table if not exists core.person_mentions (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    name varchar not null,
    role varchar,
    organization varchar
);

comment on table core.person_mentions is
'People of the story, with the post and body they speak or act for.';
comment on column core.person_mentions.article_id is
'Article whose text was read: core.articles.article_id, never one whose relation is exact.';
comment on column core.person_mentions.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.person_mentions.end_char is
'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.person_mentions.name is 'Name as printed, such as 王师傅 where the given name is not told.';
comment on column core.person_mentions.role is
'Post as printed nearest to the name (书记, 网格员); null where none is told.';
comment on column core.person_mentions.organization is 'Body the post belongs to; null where none is told.';

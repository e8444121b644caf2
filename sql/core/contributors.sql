-- One row per person credited for an article
-- Key: article_id, ordinal

create table if not exists core.contributors (
    article_id varchar not null,
    ordinal integer not null,
    role varchar not null,
    name varchar not null
);

comment on table core.contributors is
'Authors, editors and photographers as credited; they are no persons of the story.';
comment on column core.contributors.article_id is 'Article the row belongs to: core.articles.article_id.';
comment on column core.contributors.ordinal is 'Order of the credits, from 0.';
comment on column core.contributors.role is 'author (记者, 作者, 通讯员), editor (编辑, 责编) or photographer (摄影).';
comment on column core.contributors.name is 'Name as printed, without the word for the role.';

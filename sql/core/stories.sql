-- One row per story, all its reprints counted as one
-- Key: story_id
-- Warning: Copies outside the sources are not known: the first day is that of the earliest copy that is.

create table if not exists core.stories (
    story_id varchar not null,
    canonical_article_id varchar not null,
    title varchar,
    article_count integer not null,
    site_count integer not null,
    first_published_on date,
    last_published_on date
);

comment on table core.stories is
'What was reported once, however often it was reprinted. Every article belongs to exactly one story.';
comment on column core.stories.story_id is
'Stable hash of the article that was canonical first; it stays when another becomes so (core.story_aliases).';
comment on column core.stories.canonical_article_id is
'The article taken as the original: earliest trustworthy, most complete, least damaged.';
comment on column core.stories.title is 'Title of the canonical article; null where it has none.';
comment on column core.stories.article_count is 'Articles that tell the story, the canonical one included.';
comment on column core.stories.site_count is 'Sites that published it.';
comment on column core.stories.first_published_on is
'Earliest day of publication among its articles; null where none has a day.';
comment on column core.stories.last_published_on is
'Latest day of publication among its articles; null where none has a day.';

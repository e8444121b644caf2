-- One row per article, with its place in its story
-- Key: article_id

create table if not exists core.story_articles (
    article_id varchar not null,
    story_id varchar not null,
    relation varchar not null,
    similarity double not null,
    role varchar not null,
    position integer not null,
    lag_days integer
);

comment on table core.story_articles is
'Which story an article tells and how it relates to the original.';
comment on column core.story_articles.article_id is 'Article the row belongs to: core.articles.article_id.';
comment on column core.story_articles.story_id is 'Story the article belongs to: core.stories.story_id.';
comment on column core.story_articles.relation is
'canonical (original), exact (same text), near (edited), contains (holds it nearly whole) or contained (cut from it).';
comment on column core.story_articles.similarity is
'Resemblance to the canonical article from 0 to 1; for contains and contained the contained share.';
comment on column core.story_articles.role is
'original, reprint_credited (names its 来源), reprint_uncredited or mirror (a machine-made copy of the page).';
comment on column core.story_articles.position is 'Place in the chain of publication, 0 for the original.';
comment on column core.story_articles.lag_days is 'Days after the canonical article; null where either day is unknown.';

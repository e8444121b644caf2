-- One row per story held whole by a round-up page that does not belong to it
-- Key: story_id, article_id, start_char

create table if not exists core.story_links (
    story_id varchar not null,
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    share double not null
);

comment on table core.story_links is
'Round-ups link to the stories they hold, so that they never chain unrelated stories together.';
comment on column core.story_links.story_id is 'Story that is held: core.stories.story_id.';
comment on column core.story_links.article_id is 'Round-up article that holds it: core.articles.article_id.';
comment on column core.story_links.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.story_links.end_char is 'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.story_links.share is 'Share of the story''s canonical text found there, from 0 to 1.';

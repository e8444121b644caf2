-- One row per line or element of a page
-- Key: document_id, ordinal

create table if not exists core.blocks (
    document_id varchar not null,
    ordinal integer not null,
    kind varchar not null,
    article_id varchar,
    text varchar,
    char_count integer not null
);

comment on table core.blocks is
'The account of every visible character of a page: each is in exactly one block.';
comment on column core.blocks.document_id is 'Page the block stands on: core.documents.document_id.';
comment on column core.blocks.ordinal is 'Reading order on the page, from 0.';
comment on column core.blocks.kind is
'title, kicker, summary, rubric, metadata (byline, credits), heading, paragraph, caption, repeated or removed.';
comment on column core.blocks.article_id is 'Article the block went into; null for what belongs to no article.';
comment on column core.blocks.text is
'The text after repair; null where core.paragraphs or core.removed_blocks has it, so that no text is kept twice.';
comment on column core.blocks.char_count is 'Characters of text, white space not counted.';

-- One row per stretch of a page that belongs to no article
-- Key: document_id, ordinal

create table if not exists core.removed_blocks (
    document_id varchar not null,
    ordinal integer not null,
    kind varchar not null,
    reason varchar not null,
    text varchar not null
);

comment on table core.removed_blocks is
'What was left out of the articles and why: navigation, advertisements, disclaimers, related lists and the like.';
comment on column core.removed_blocks.document_id is 'Page the block stood on: core.documents.document_id.';
comment on column core.removed_blocks.ordinal is 'Order on the page, from 0.';
comment on column core.removed_blocks.kind is
'Kind of noise, from a closed list: navigation, advertisement, spam, disclaimer, related, ranking, footer and others.';
comment on column core.removed_blocks.reason is 'Why it was removed, in plain words.';
comment on column core.removed_blocks.text is 'The removed text.';

-- One row per run of lost characters in an article, with what a twin prints there
-- Key: article_id, start_char

create table if not exists core.lost_runs (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    block_ordinal integer,
    block_start_char integer,
    restored varchar,
    twin_article_id varchar,
    confidence double
);

comment on table core.lost_runs is
'Where damage left a text without its characters (marked □). What another article of the story prints there is filled in.';
comment on column core.lost_runs.article_id is 'Article that lost the characters: core.articles.article_id.';
comment on column core.lost_runs.start_char is
'Offset of the first lost character in core.articles.text, counted in code points from 0.';
comment on column core.lost_runs.end_char is
'Offset after the last lost character in core.articles.text (end exclusive).';
comment on column core.lost_runs.block_ordinal is
'Block the run stands in (core.blocks.ordinal); null where the paragraph cannot be traced to one block.';
comment on column core.lost_runs.block_start_char is 'Offset of the first lost character in the text of that block.';
comment on column core.lost_runs.restored is
'What stands there now, as many characters as were lost; null where they stay lost (□).';
comment on column core.lost_runs.twin_article_id is
'Article of the same story that prints it: core.articles.article_id; null where the characters stay lost.';
comment on column core.lost_runs.confidence is 'From 0 to 1; null where the characters stay lost.';

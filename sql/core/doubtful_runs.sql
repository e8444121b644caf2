-- One row per run of an article's text that is lost or doubtfully repaired, with what a twin prints there
-- Key: article_id, start_char

create table if not exists core.doubtful_runs (
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    printed varchar not null,
    block_ordinal integer,
    block_start_char integer,
    restored varchar,
    twin_article_id varchar,
    confidence double
);

comment on table core.doubtful_runs is
'Where damage left a text in doubt. Another article of the story fills in, corrects or proves what stands there.';
comment on column core.doubtful_runs.article_id is 'Article whose text is in doubt: core.articles.article_id.';
comment on column core.doubtful_runs.start_char is
'Offset of the first character in core.articles.text, counted in code points from 0.';
comment on column core.doubtful_runs.end_char is
'Offset after the last character in core.articles.text (end exclusive).';
comment on column core.doubtful_runs.printed is
'What the page alone has there: marks (□) for lost characters, else what a repair of a confidence under .9 put there.';
comment on column core.doubtful_runs.block_ordinal is
'Block the run stands in (core.blocks.ordinal); null where the paragraph cannot be traced to one block.';
comment on column core.doubtful_runs.block_start_char is
'Offset of the first character in the text of that block; null where block_ordinal is.';
comment on column core.doubtful_runs.restored is
'What a twin prints there, as many characters; the same as printed where it proves the repair, null where none tells.';
comment on column core.doubtful_runs.twin_article_id is
'Article of the same story that prints it: core.articles.article_id; null where none tells.';
comment on column core.doubtful_runs.confidence is 'Of restored, from 0 to 1; null where no twin tells.';

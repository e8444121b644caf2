-- One row per article
-- Key: article_id

create table if not exists core.sketches (
    article_id varchar not null,
    sketch_version integer not null,
    text_hash varchar not null,
    gram_count uinteger not null,
    sample_hashes ubigint[] not null,
    sample_starts uinteger[] not null
);

comment on table core.sketches is
'What the search for reprints keeps of each text, a sample of its five-character grams: no known text is read again.';
comment on column core.sketches.article_id is 'core.articles.article_id.';
comment on column core.sketches.sketch_version is
'Version of the sampling: sketches of different versions do not compare, those of an older one are made anew.';
comment on column core.sketches.text_hash is
'Hash of the text after folding (script, case, width, punctuation): equal for texts that are the same article.';
comment on column core.sketches.gram_count is 'Five-character grams of the folded text.';
comment on column core.sketches.sample_hashes is 'Hashes of the sampled grams, in reading order.';
comment on column core.sketches.sample_starts is 'Place of each sampled gram in the folded text.';

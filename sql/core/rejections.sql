-- One row per input that was not loaded
-- Key: rejection_id

create table if not exists core.rejections (
    rejection_id varchar not null,
    uri varchar not null,
    source varchar,
    document_id varchar,
    stage varchar not null,
    reason varchar not null,
    detail varchar
);

comment on table core.rejections is
'Nothing is dropped in silence: each input that did not become articles is here with its reason.';
comment on column core.rejections.rejection_id is 'Stable hash of the uri, the stage and the reason.';
comment on column core.rejections.uri is 'Name of the input.';
comment on column core.rejections.source is
'Source that named it, as in core.documents.source; null for what the raw store finds damaged.';
comment on column core.rejections.document_id is 'core.documents.document_id; null where there were no bytes to keep.';
comment on column core.rejections.stage is
'Stage that rejected it: fetch, clean, deduplicate, extract, load or summarise.';
comment on column core.rejections.reason is 'Reason from a closed list.';
comment on column core.rejections.detail is 'What exactly was wrong, in words; null where the reason says it all.';

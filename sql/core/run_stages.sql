-- One row per run and stage
-- Key: run_id, ordinal

create table if not exists core.run_stages (
    run_id varchar not null,
    ordinal integer not null,
    stage varchar not null,
    input_count integer not null,
    output_count integer not null,
    rejected_count integer not null
);

comment on table core.run_stages is
'Counts of each stage of each run, in the order of the stages.';
comment on column core.run_stages.run_id is 'core.runs.run_id.';
comment on column core.run_stages.ordinal is 'Order of the stage, from 0.';
comment on column core.run_stages.stage is 'fetch, clean, deduplicate, extract, load or summarise.';
comment on column core.run_stages.input_count is 'What went into the stage, in the unit of the stage before it.';
comment on column core.run_stages.output_count is 'What came out of it.';
comment on column core.run_stages.rejected_count is 'Inputs that this stage rejected.';

-- One row per run and stage
-- Key: run_id, stage
-- Values: status RunStatus; stage Stage

create or replace table mart.run_ledger as
select
    r.run_id,
    r.started_at,
    r.finished_at,
    r.status,
    r.code_version,
    r.input_count,
    r.loaded_count,
    r.copy_count,
    r.rejected_count,
    r.input_count = r.loaded_count + r.copy_count + r.rejected_count as is_balanced,
    r.new_document_count,
    r.article_count,
    r.story_count,
    r.changed_story_count,
    coalesce(r.overrides, []) as overrides,
    s.ordinal as stage_ordinal,
    s.stage,
    s.input_count as stage_input_count,
    s.output_count as stage_output_count,
    s.rejected_count as stage_rejected_count
from core.runs as r
left join core.run_stages as s on r.run_id = s.run_id
order by r.started_at, r.run_id, s.ordinal;

comment on table mart.run_ledger is
'Per run: inputs = loaded + copies + rejected, and what each stage took in and gave out; reasons: core.rejections.';
comment on column mart.run_ledger.run_id is 'core.runs.run_id.';
comment on column mart.run_ledger.started_at is 'When the run started.';
comment on column mart.run_ledger.finished_at is 'When it ended.';
comment on column mart.run_ledger.status is 'How it ended.';
comment on column mart.run_ledger.code_version is 'Version of the code that ran.';
comment on column mart.run_ledger.input_count is 'Inputs of the whole run (the same in each row of the run).';
comment on column mart.run_ledger.loaded_count is 'Inputs of the run that ended as loaded.';
comment on column mart.run_ledger.copy_count is 'Inputs of the run that ended as copy.';
comment on column mart.run_ledger.rejected_count is 'Inputs of the run that ended as rejected.';
comment on column mart.run_ledger.is_balanced is 'True where the inputs are the sum of the three.';
comment on column mart.run_ledger.new_document_count is 'Documents that were new to the warehouse.';
comment on column mart.run_ledger.article_count is 'Articles found in the run, reprints included.';
comment on column mart.run_ledger.story_count is 'Stories in the warehouse after the run, reprints counted once.';
comment on column mart.run_ledger.changed_story_count is 'Stories whose canonical article or members changed.';
comment on column mart.run_ledger.overrides is 'Corrections of overrides.csv in force, in words.';
comment on column mart.run_ledger.stage_ordinal is 'Order of the stage; null where the run recorded none.';
comment on column mart.run_ledger.stage is 'Name of the stage.';
comment on column mart.run_ledger.stage_input_count is 'What went into the stage.';
comment on column mart.run_ledger.stage_output_count is 'What came out of it.';
comment on column mart.run_ledger.stage_rejected_count is 'Inputs the stage rejected.';

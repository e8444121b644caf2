-- One row per run of the job
-- Key: run_id

create table if not exists core.runs (
    run_id varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    status varchar not null,
    code_version varchar,
    sources varchar[] not null,
    input_count integer not null,
    loaded_count integer not null,
    copy_count integer not null,
    rejected_count integer not null,
    new_document_count integer not null,
    article_count integer not null,
    story_count integer not null,
    changed_story_count integer not null,
    overrides varchar[],
    has_read_all boolean
);

comment on table core.runs is
'What each run took in and what became of it.';
comment on column core.runs.run_id is 'Identifier of the run.';
comment on column core.runs.started_at is 'When the run started.';
comment on column core.runs.finished_at is 'When it ended; null while it is under way.';
comment on column core.runs.status is 'running, completed or failed.';
comment on column core.runs.code_version is
'Version of the code that ran, with a digest of the code itself; null for a run that failed.';
comment on column core.runs.sources is 'The sources the run was asked to read.';
comment on column core.runs.input_count is 'Inputs found in the sources.';
comment on column core.runs.loaded_count is 'Inputs that ended as loaded.';
comment on column core.runs.copy_count is 'Inputs that ended as copy or superseded: the page is there already.';
comment on column core.runs.rejected_count is 'Inputs that ended as rejected.';
comment on column core.runs.new_document_count is 'Documents that the warehouse did not hold before.';
comment on column core.runs.article_count is 'Articles found on the pages of this run.';
comment on column core.runs.story_count is 'Stories in the warehouse after the run.';
comment on column core.runs.changed_story_count is 'Stories whose canonical article or members changed in the run.';
comment on column core.runs.overrides is
'Corrections of overrides.csv in force, in words; null for runs of versions that knew none.';
comment on column core.runs.has_read_all is
'Whether every page was read anew, as in a rebuild: rows of earlier code are gone; null where it is not known.';

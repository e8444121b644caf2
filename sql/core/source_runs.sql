-- One row per run and source
-- Key: run_id, source
-- Values: kind SourceKind

create table if not exists core.source_runs (
    run_id varchar not null,
    source varchar not null,
    kind varchar not null,
    started_at timestamptz not null,
    index_page_count bigint not null,
    asked_count bigint not null,
    new_count bigint not null,
    unchanged_count bigint not null,
    failed_count bigint not null,
    left_count bigint not null,
    failure_reasons varchar[] not null,
    failure_counts bigint[] not null,
    example varchar,
    seconds double not null
);

comment on table core.source_runs is
'How each source fared in each run, failed runs too: one that died, went quiet or came back is seen here.';
comment on column core.source_runs.run_id is 'core.runs.run_id.';
comment on column core.source_runs.source is 'Name of the source as the list of sources or the command line gives it.';
comment on column core.source_runs.kind is 'page, section, epaper, feed, sitemap or api.';
comment on column core.source_runs.started_at is 'When the run began.';
comment on column core.source_runs.index_page_count is
'Index pages that were asked for: pages of a section, an issue or a list.';
comment on column core.source_runs.asked_count is 'Addresses that were asked for beside the index pages.';
comment on column core.source_runs.new_count is 'Inputs with bytes that the raw store did not have.';
comment on column core.source_runs.unchanged_count is 'Inputs whose bytes it had, or that a server says are unchanged.';
comment on column core.source_runs.failed_count is 'Addresses and inputs that could not be had.';
comment on column core.source_runs.left_count is
'Addresses left for the next run because the budget of the source was spent.';
comment on column core.source_runs.failure_reasons is
'Why they could not be had, by the closed list of core.rejections.reason, in alphabetical order.';
comment on column core.source_runs.failure_counts is 'How many for each of failure_reasons, in the same order.';
comment on column core.source_runs.example is 'One address that failed, and how; null where none did.';
comment on column core.source_runs.seconds is 'Seconds from the first question to the last answer.';

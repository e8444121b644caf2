-- One row per correction of the analyst's
-- Key: ordinal
-- Values: action OverrideAction

create table if not exists core.practice_overrides (
    ordinal integer not null,
    action varchar not null,
    name varchar not null,
    spelling_id varchar not null,
    adcode varchar,
    target varchar,
    target_id varchar,
    mention_count integer not null
);

comment on table core.practice_overrides is
'The lines of overrides.csv beside the warehouse, applied anew in each run.';
comment on column core.practice_overrides.ordinal is 'Order of the lines, from 0.';
comment on column core.practice_overrides.action is 'merge, split, drop, rename or mark.';
comment on column core.practice_overrides.name is 'Name the line is about.';
comment on column core.practice_overrides.spelling_id is 'Identifier that its spelling alone would give it.';
comment on column core.practice_overrides.adcode is
'Place within which the line holds: core.places.adcode; null for everywhere.';
comment on column core.practice_overrides.target is
'Name to merge with, to split off as or to show; the scope for mark; null for drop.';
comment on column core.practice_overrides.target_id is 'Practice that the mentions go to; null unless merge or split.';
comment on column core.practice_overrides.mention_count is 'Mentions that the line changed.';

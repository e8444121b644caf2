-- One row per practice identifier that gave way
-- Key: alias_id

create table if not exists core.practice_aliases (
    alias_id varchar not null,
    practice_id varchar,
    name varchar not null
);

comment on table core.practice_aliases is
'Identifiers that an earlier run published and that core.practices holds no more: none is lost, none is used again.';
comment on column core.practice_aliases.alias_id is 'The earlier identifier.';
comment on column core.practice_aliases.practice_id is
'Practice that its mentions belong to now: core.practices.practice_id; null where no text names it any more.';
comment on column core.practice_aliases.name is 'Name it had.';

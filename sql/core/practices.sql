-- One row per practice, its spelling variants joined
-- Key: practice_id
-- Values: kind PracticeKind
-- Warning: Practices are told apart by their names; overrides.csv corrects what that joins or parts wrongly.

create table if not exists core.practices (
    practice_id varchar not null,
    name varchar not null,
    kind varchar not null,
    aliases varchar[] not null,
    is_generic boolean not null,
    is_national boolean not null,
    province_count integer not null
);

comment on table core.practices is
'Named governance practices over all articles.';
comment on column core.practices.practice_id is
'Stable hash of the folded name; what gave way is in core.practice_aliases.';
comment on column core.practices.name is 'The most usual spelling, or the one of overrides.csv.';
comment on column core.practices.kind is 'The most usual kind among its mentions.';
comment on column core.practices.aliases is 'The other spellings; empty where there is only one.';
comment on column core.practices.is_generic is
'True where the name stands for unrelated things: on the list, or at work in six provinces none of which leads.';
comment on column core.practices.is_national is
'True for a programme of the whole country (core.common_practices, overrides.csv).';
comment on column core.practices.province_count is 'Provinces in which a text says it is at work.';

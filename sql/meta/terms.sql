-- One row per term of the field
-- Key: term

create or replace table meta.terms (
    term varchar not null,
    chinese varchar not null,
    meaning varchar not null
);

comment on table meta.terms is 'Terms that the comments and documents use, with their Chinese word.';
comment on column meta.terms.term is 'The term in English.';
comment on column meta.terms.chinese is 'The Chinese word or words for it.';
comment on column meta.terms.meaning is 'What is meant by it here.';

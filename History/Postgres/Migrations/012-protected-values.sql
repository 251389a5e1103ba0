-- Opaque values by name, encrypted by whoever writes them. A version is never given twice: it comes from the column's
-- own sequence, which needs no right of its own.

create table protected_values (
    name       text collate "C" not null primary key,
    payload    bytea            not null,
    version    bigint generated always as identity,
    updated_at timestamptz      not null default now()
);

comment on table protected_values is 'Opaque values by name, for credentials and keys that their writers have encrypted.';

-- Opaque values by name, encrypted by whoever writes them. A version is never given twice.

create sequence protected_values_versions;

create table protected_values (
    name       varchar     not null primary key,
    payload    blob        not null,
    version    bigint      not null,
    updated_at timestamptz not null
);

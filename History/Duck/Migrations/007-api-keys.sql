-- API keys. Of a secret only its SHA-256 is here, as hexadecimal digits; the one before the last rotation too, while it works.
-- Roles and zones are names with commas between; zones null: all.

create table api_keys (
    id             varchar     not null primary key,
    name           varchar     not null,
    secret_hash    varchar     not null,
    previous_hash  varchar,
    previous_until timestamptz,
    roles          varchar     not null,
    zones          varchar,
    created_at     timestamptz not null,
    created_by     varchar     not null,
    expires_at     timestamptz,
    rotated_at     timestamptz,
    revoked_at     timestamptz,
    last_used_at   timestamptz,
    last_used_from varchar
);

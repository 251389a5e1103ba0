-- API keys. Of a secret only its SHA-256 is here, as hexadecimal digits; the one before the last rotation too, while it works.
-- Roles and zones are names with commas between; zones null: all.

create table api_keys (
    id             text        not null primary key,
    name           text        not null,
    secret_hash    text        not null,
    previous_hash  text,
    previous_until timestamptz,
    roles          text        not null,
    zones          text,
    created_at     timestamptz not null,
    created_by     text        not null,
    expires_at     timestamptz,
    rotated_at     timestamptz,
    revoked_at     timestamptz,
    last_used_at   timestamptz,
    last_used_from text
);

comment on table api_keys is 'Keys that programs call the gateway with: hashes of their secrets, never the secrets.';

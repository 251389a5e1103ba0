-- What is known of places: the directory, and the rolling states of their grains.

create table locations (
    market_zone   text collate "C" not null,
    location      text collate "C" not null,
    location_name text             not null,
    location_type text collate "C" not null,
    hub           text,
    updated_at    timestamptz      not null default now(),
    constraint locations_key primary key (market_zone, location)
);

create table location_state (
    market_zone text collate "C" not null,
    location    text collate "C" not null,
    saved_at    timestamptz      not null,
    newest      bytea            not null,
    windows     bytea            not null,
    constraint location_state_key primary key (market_zone, location)
) with (fillfactor = 70);

-- The windows hardly compress, and are rewritten every few minutes.
alter table location_state alter column windows set storage external;

-- The embedded history: the same tables as in PostgreSQL, in the form that suits a column store. There is no
-- unique index on prices (it would have to fit in memory): the one writer of the file keeps the key unique.

create table market_data (
    market_zone          varchar     not null,
    location             varchar     not null,
    price_type           varchar     not null,
    "timestamp"          timestamptz not null,
    interval_minutes     smallint    not null,
    price                double      not null,
    energy_cost          double,
    congestion_cost      double,
    loss_cost            double,
    volume               double,
    renewable_percentage double,
    load_forecast        double,
    published_at         timestamptz not null,
    revision             integer     not null,
    source               varchar,
    "sequence"           bigint      not null,
    confirmed_at         timestamptz,
    confirmed_sequence   bigint,
    ingested_at          timestamptz not null
);

create table market_data_revisions (
    market_zone          varchar     not null,
    location             varchar     not null,
    price_type           varchar     not null,
    "timestamp"          timestamptz not null,
    revision             integer     not null,
    interval_minutes     smallint    not null,
    price                double      not null,
    energy_cost          double,
    congestion_cost      double,
    loss_cost            double,
    volume               double,
    renewable_percentage double,
    load_forecast        double,
    published_at         timestamptz not null,
    source               varchar,
    "sequence"           bigint      not null,
    confirmed_at         timestamptz,
    confirmed_sequence   bigint,
    ingested_at          timestamptz not null,
    superseded_at        timestamptz not null
);

create table location_state (
    market_zone varchar     not null,
    location    varchar     not null,
    saved_at    timestamptz not null,
    newest      blob        not null,
    windows     blob        not null
);

create table locations (
    market_zone   varchar     not null,
    location      varchar     not null,
    location_name varchar     not null,
    location_type varchar     not null,
    hub           varchar,
    updated_at    timestamptz not null
);

create sequence market_data_ingestions_id;

create table market_data_ingestions (
    id           bigint      not null default nextval('market_data_ingestions_id'),
    market_zone  varchar     not null,
    feed         varchar     not null,
    started_at   timestamptz not null,
    finished_at  timestamptz,
    range_start  timestamptz,
    range_end    timestamptz,
    rows_read    bigint      not null default 0,
    rows_sent    bigint      not null default 0,
    rows_refused bigint      not null default 0,
    outcome      varchar     not null,
    message      varchar
);

-- Grain state for a process that runs its silo on this file.
create table grain_state (
    grain_type varchar not null,
    grain_id   varchar not null,
    payload    blob    not null,
    etag       varchar not null,
    primary key (grain_type, grain_id)
);

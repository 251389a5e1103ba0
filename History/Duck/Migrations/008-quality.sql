-- What the data is worth: more of it by feed and hour, told apart by price type too, and findings one by one. No release
-- has written the table of 006, so it is made anew.

drop table market_data_quality;

create table market_data_quality (
    market_zone          varchar     not null,
    feed                 varchar     not null,
    price_type           varchar     not null,
    "timestamp"          timestamptz not null,
    locations            integer     not null,
    expected             integer,
    received             integer     not null,
    gaps                 integer     not null,
    duplicates           integer     not null,
    late                 integer     not null,
    revised              integer     not null,
    rejected             integer     not null,
    anomalies            integer     not null,
    flat_lined           integer     not null,
    spikes               integer     not null,
    component_mismatches integer     not null,
    completeness         double,
    freshness_seconds    double,
    calculated_at        timestamptz not null,
    primary key (market_zone, feed, price_type, "timestamp")
);

create table market_data_quality_events (
    id          varchar     not null primary key,
    market_zone varchar     not null,
    feed        varchar,
    location    varchar,
    price_type  varchar,
    kind        varchar     not null,
    severity    varchar     not null,
    "timestamp" timestamptz not null,
    observed_at timestamptz not null,
    ended_at    timestamptz,
    "value"     double,
    "limit"     double,
    "count"     integer     not null,
    message     varchar     not null
);

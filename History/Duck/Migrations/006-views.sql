-- The views of prices by five minutes, hour and market day, and the tables of the platform's own notes, with the names and
-- columns they have in PostgreSQL.

create view market_data_5min as
select market_zone, location, price_type, time_bucket(interval '5 minutes', "timestamp") as bucket,
    avg(price) as average, min(price) as min, max(price) as max,
    arg_min(price, "timestamp") as first, arg_max(price, "timestamp") as last,
    stddev_samp(price) as standard_deviation, count(*) as data_points
from market_data
group by all;

create view market_data_hour as
select market_zone, location, price_type, time_bucket(interval '1 hour', "timestamp") as bucket,
    avg(price) as average, min(price) as min, max(price) as max,
    arg_min(price, "timestamp") as first, arg_max(price, "timestamp") as last,
    stddev_samp(price) as standard_deviation, count(*) as data_points
from market_data
group by all;

-- Clock by clock: a constant is cut by faster than a column.
create view market_data_day as
with dated as (
    select *, date_trunc('day', "timestamp" at time zone 'America/New_York') at time zone 'America/New_York' as bucket
    from market_data where market_zone in ('PJM', 'NYISO', 'ISONE')
    union all
    select *, date_trunc('day', "timestamp" at time zone 'America/Chicago') at time zone 'America/Chicago'
    from market_data where market_zone in ('ERCOT', 'SPP')
    union all
    select *, date_trunc('day', "timestamp" at time zone 'America/Los_Angeles') at time zone 'America/Los_Angeles'
    from market_data where market_zone = 'CAISO'
    union all
    select *, date_trunc('day', "timestamp" at time zone 'Etc/GMT+5') at time zone 'Etc/GMT+5'
    from market_data where market_zone = 'MISO')
select market_zone, location, price_type, bucket,
    avg(price) as average, min(price) as min, max(price) as max,
    arg_min(price, "timestamp") as first, arg_max(price, "timestamp") as last,
    stddev_samp(price) as standard_deviation, count(*) as data_points
from dated
group by all;

create table market_metrics (
    market_zone          varchar     not null,
    price_type           varchar     not null,
    "timestamp"          timestamptz not null,
    data_points          integer     not null,
    average_price        double,
    min_price            double,
    max_price            double,
    volatility           double,
    renewable_percentage double,
    load_forecast        double,
    calculated_at        timestamptz not null default now(),
    primary key (market_zone, price_type, "timestamp")
);

create table market_data_quality (
    market_zone       varchar     not null,
    feed              varchar     not null,
    "timestamp"       timestamptz not null,
    expected          integer,
    received          integer     not null default 0,
    duplicates        integer     not null default 0,
    late              integer     not null default 0,
    rejected          integer     not null default 0,
    anomalies         integer     not null default 0,
    completeness      double,
    freshness_seconds double,
    calculated_at     timestamptz not null default now(),
    primary key (market_zone, feed, "timestamp")
);

create sequence audit_log_id;

create table audit_log (
    id      bigint      not null default nextval('audit_log_id') primary key,
    "at"    timestamptz not null default now(),
    actor   varchar     not null,
    action  varchar     not null,
    target  varchar,
    allowed boolean     not null,
    address varchar,
    details json,
    status  smallint
);

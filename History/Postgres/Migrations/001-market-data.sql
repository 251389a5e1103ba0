-- The prices and what is kept about them. Text keys are compared by their bytes, so that order and index
-- do not depend on the database's locale. Times are UTC to the microsecond.

create table market_data (
    market_zone          text collate "C"  not null,
    location             text collate "C"  not null,
    price_type           text collate "C"  not null,
    timestamp            timestamptz       not null,
    interval_minutes     smallint          not null,
    price                double precision  not null,
    energy_cost          double precision,
    congestion_cost      double precision,
    loss_cost            double precision,
    volume               double precision,
    renewable_percentage double precision,
    load_forecast        double precision,
    published_at         timestamptz       not null,
    revision             integer           not null,
    source               text,
    sequence             bigint            not null,
    -- the last publication that repeated this value, where there was one
    confirmed_at         timestamptz,
    confirmed_sequence   bigint,
    ingested_at          timestamptz       not null default now(),
    constraint market_data_key primary key (market_zone, location, price_type, timestamp)
);

-- A share of a table that holds years is more than a month: statistics would never know of today.
alter table market_data set (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 200000);

create index market_data_by_time on market_data (timestamp);
create index market_data_by_ingestion on market_data (ingested_at);

comment on table market_data is 'Current value of each price; key: zone, location, price type, interval start (UTC). Prices in $/MWh.';

-- Every series there is, so that its newest price is found by one probe instead of a walk through history.
create table market_data_series (
    market_zone text collate "C" not null,
    location    text collate "C" not null,
    price_type  text collate "C" not null,
    constraint market_data_series_key primary key (market_zone, location, price_type)
);

create table market_data_revisions (
    market_zone          text collate "C"  not null,
    location             text collate "C"  not null,
    price_type           text collate "C"  not null,
    timestamp            timestamptz       not null,
    revision             integer           not null,
    interval_minutes     smallint          not null,
    price                double precision  not null,
    energy_cost          double precision,
    congestion_cost      double precision,
    loss_cost            double precision,
    volume               double precision,
    renewable_percentage double precision,
    load_forecast        double precision,
    published_at         timestamptz       not null,
    source               text,
    sequence             bigint            not null,
    confirmed_at         timestamptz,
    confirmed_sequence   bigint,
    ingested_at          timestamptz       not null,
    superseded_at        timestamptz       not null,
    constraint market_data_revisions_key primary key (market_zone, location, price_type, timestamp, revision)
);

comment on table market_data_revisions is 'Values that a later publication replaced: what was known from ingested_at until superseded_at.';

-- Whoever changes a value, the one it replaces is kept: an upsert cannot see the row it overwrites, a trigger can.
create function keep_superseded_price() returns trigger language plpgsql as $body$
begin
    insert into market_data_revisions (
        market_zone, location, price_type, timestamp, revision, interval_minutes, price, energy_cost,
        congestion_cost, loss_cost, volume, renewable_percentage, load_forecast, published_at, source, sequence,
        confirmed_at, confirmed_sequence, ingested_at, superseded_at)
    values (
        old.market_zone, old.location, old.price_type, old.timestamp, old.revision, old.interval_minutes, old.price,
        old.energy_cost, old.congestion_cost, old.loss_cost, old.volume, old.renewable_percentage,
        old.load_forecast, old.published_at, old.source, old.sequence, old.confirmed_at, old.confirmed_sequence,
        old.ingested_at, new.ingested_at);
    return null;
end
$body$;

create trigger market_data_keeps_revisions
    after update on market_data
    for each row when (old.revision is distinct from new.revision)
    execute function keep_superseded_price();

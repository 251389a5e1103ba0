-- What the data is worth: more of it by feed and hour, told apart by price type too, and findings one by one.

alter table market_data_quality
    add column price_type           text collate "C" not null default '',
    add column locations            integer          not null default 0,
    add column gaps                 integer          not null default 0,
    add column revised              integer          not null default 0,
    add column flat_lined           integer          not null default 0,
    add column spikes               integer          not null default 0,
    add column component_mismatches integer          not null default 0;

alter table market_data_quality drop constraint market_data_quality_key;
alter table market_data_quality add constraint market_data_quality_key primary key (market_zone, feed, price_type, timestamp);

comment on column market_data_quality.price_type is 'Empty for records that could not be read.';
comment on column market_data_quality.completeness is 'Percent of expected that was received.';
comment on column market_data_quality.anomalies is 'flat_lined, spikes and component_mismatches together.';

create table market_data_quality_events (
    id          text collate "C" not null primary key,
    market_zone text collate "C" not null,
    feed        text,
    location    text collate "C",
    price_type  text collate "C",
    kind        text             not null,
    severity    text             not null,
    timestamp   timestamptz      not null,
    observed_at timestamptz      not null,
    ended_at    timestamptz,
    value       double precision,
    "limit"     double precision,
    count       integer          not null default 1,
    message     text             not null
);

create index market_data_quality_events_by_time on market_data_quality_events (observed_at, id);
create index market_data_quality_events_open on market_data_quality_events (market_zone, kind, location) where ended_at is null;

comment on table market_data_quality_events is 'Findings about the data: when and where each began and ended. Kept as long as History:Retention:QualityEvents says.';

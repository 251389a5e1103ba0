-- What the platform notes about itself.

create table market_data_ingestions (
    id           bigint generated always as identity primary key,
    market_zone  text collate "C" not null,
    feed         text             not null,
    started_at   timestamptz      not null,
    finished_at  timestamptz,
    range_start  timestamptz,
    range_end    timestamptz,
    rows_read    bigint           not null default 0,
    rows_sent    bigint           not null default 0,
    rows_refused bigint           not null default 0,
    outcome      text             not null,
    message      text
);

create index market_data_ingestions_by_feed on market_data_ingestions (market_zone, feed, started_at);

create table market_metrics (
    market_zone          text collate "C" not null,
    price_type           text collate "C" not null,
    timestamp            timestamptz      not null,
    data_points          integer          not null,
    average_price        double precision,
    min_price            double precision,
    max_price            double precision,
    volatility           double precision,
    renewable_percentage double precision,
    load_forecast        double precision,
    calculated_at        timestamptz      not null default now(),
    constraint market_metrics_key primary key (market_zone, price_type, timestamp)
);

create table market_data_quality (
    market_zone       text collate "C" not null,
    feed              text             not null,
    timestamp         timestamptz      not null,
    expected          integer,
    received          integer          not null default 0,
    duplicates        integer          not null default 0,
    late              integer          not null default 0,
    rejected          integer          not null default 0,
    anomalies         integer          not null default 0,
    completeness      double precision,
    freshness_seconds double precision,
    calculated_at     timestamptz      not null default now(),
    constraint market_data_quality_key primary key (market_zone, feed, timestamp)
);

create table audit_log (
    id       bigint generated always as identity primary key,
    at       timestamptz not null default now(),
    actor    text        not null,
    action   text        not null,
    target   text,
    allowed  boolean     not null,
    address  text,
    details  jsonb
);

create index audit_log_by_time on audit_log (at);

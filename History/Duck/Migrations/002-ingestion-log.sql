-- What each fetch of a market feed did. No release has written the table of 001, so it is made anew. A fetch started at
-- started_at asked for [range_start, range_end) and got intervals starting from first_interval to last_interval.

drop table market_data_ingestions;

create table market_data_ingestions (
    id             bigint      not null default nextval('market_data_ingestions_id'),
    market_zone    varchar     not null,
    feed           varchar     not null,
    source         varchar,
    reason         varchar     not null,
    started_at     timestamptz not null,
    finished_at    timestamptz not null,
    range_start    timestamptz,
    range_end      timestamptz,
    rows_read      bigint      not null,
    rows_accepted  bigint      not null,
    rows_duplicate bigint      not null,
    rows_revised   bigint      not null,
    rows_rejected  bigint      not null,
    first_interval timestamptz,
    last_interval  timestamptz,
    outcome        varchar     not null,
    message        varchar
);

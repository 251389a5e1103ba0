-- What each fetch of a market feed did. No release has written the table of 003; it is altered, not made anew, so that
-- rights given on it stay. A fetch started at started_at asked for [range_start, range_end) and got intervals starting
-- from first_interval to last_interval.

alter table market_data_ingestions rename column rows_sent to rows_accepted;
alter table market_data_ingestions rename column rows_refused to rows_rejected;

alter table market_data_ingestions
    alter column finished_at set not null,
    add column source text,
    add column reason text not null,
    add column rows_duplicate bigint not null default 0,
    add column rows_revised bigint not null default 0,
    add column first_interval timestamptz,
    add column last_interval timestamptz;

create index market_data_ingestions_by_time on market_data_ingestions (started_at);

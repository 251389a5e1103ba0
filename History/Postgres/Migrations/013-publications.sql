-- A price is the set of its publications, each known by (published_at, sequence): market_data holds the one that stands,
-- market_data_revisions every other one, repetitions too, so that the order of arrival changes nothing. When a value was
-- superseded follows from the publication of the next; revision is the one a publication brought, or had when it stood.

alter table market_data_revisions drop constraint market_data_revisions_key;

-- Until now a repetition was noted beside the value it repeated. Those of values that stand stay there: reading all prices
-- would keep writers waiting, and a late value finds them where they are.
insert into market_data_revisions (
    market_zone, location, price_type, timestamp, revision, interval_minutes, price, energy_cost, congestion_cost, loss_cost,
    volume, renewable_percentage, load_forecast, published_at, source, sequence, ingested_at, superseded_at)
select
    market_zone, location, price_type, timestamp, revision, interval_minutes, price, energy_cost, congestion_cost, loss_cost,
    volume, renewable_percentage, load_forecast, confirmed_at, source, confirmed_sequence, ingested_at, superseded_at
from market_data_revisions
where confirmed_at is not null;

alter table market_data_revisions
    drop column superseded_at,
    drop column confirmed_at,
    drop column confirmed_sequence,
    add constraint market_data_revisions_key primary key (market_zone, location, price_type, timestamp, published_at, sequence);

-- With the whole key: of an index by time alone a plan for one price could read the whole market.
create index market_data_revisions_by_time on market_data_revisions (timestamp, market_zone, location, price_type);

comment on table market_data_revisions is 'Publications of prices beside the one that stands: what it replaced, what came late, what was repeated.';
comment on column market_data_revisions.revision is 'The revision it brought, or had when it stood; what it is among all publications is counted when they are read.';

create or replace function keep_superseded_price() returns trigger language plpgsql as $body$
begin
    insert into market_data_revisions (
        market_zone, location, price_type, timestamp, revision, interval_minutes, price, energy_cost, congestion_cost, loss_cost,
        volume, renewable_percentage, load_forecast, published_at, source, sequence, ingested_at)
    values (
        old.market_zone, old.location, old.price_type, old.timestamp, old.revision, old.interval_minutes, old.price, old.energy_cost,
        old.congestion_cost, old.loss_cost, old.volume, old.renewable_percentage, old.load_forecast, old.published_at, old.source,
        old.sequence, old.ingested_at)
    on conflict do nothing;
    return null;
end
$body$;

drop trigger market_data_keeps_revisions on market_data;

-- Also where only the revision grows by a repetition: what the value itself brought is not forgotten.
create trigger market_data_keeps_revisions
    after update on market_data
    for each row when ((old.published_at, old.sequence, old.revision) is distinct from (new.published_at, new.sequence, new.revision))
    execute function keep_superseded_price();

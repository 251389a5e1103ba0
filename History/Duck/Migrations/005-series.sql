-- Every series there is, so that a query can tell how much it may have to read without reading.

create table market_data_series (
    market_zone varchar not null,
    location    varchar not null,
    price_type  varchar not null
);

insert into market_data_series select distinct market_zone, location, price_type from market_data;

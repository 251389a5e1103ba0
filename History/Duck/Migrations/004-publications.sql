-- A price is the set of its publications, each known by (published_at, sequence): market_data holds the one that stands,
-- market_data_revisions every other one, repetitions too, so that the order of arrival changes nothing. When a value was
-- superseded follows from the publication of the next; revision is the one a publication brought, or had when it stood.
-- The one writer of the file keeps a publication from being there twice.

-- Until now a repetition was noted beside the value it repeated.
insert into market_data_revisions by name
select * exclude (confirmed_at, confirmed_sequence) replace (confirmed_at as published_at, confirmed_sequence as "sequence")
from market_data_revisions
where confirmed_at is not null;

insert into market_data_revisions by name
select * exclude (confirmed_at, confirmed_sequence) replace (confirmed_at as published_at, confirmed_sequence as "sequence"),
    ingested_at as superseded_at
from market_data
where confirmed_at is not null;

alter table market_data_revisions drop column superseded_at;
alter table market_data_revisions drop column confirmed_at;
alter table market_data_revisions drop column confirmed_sequence;

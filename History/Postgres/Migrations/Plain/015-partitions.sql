-- Where TimescaleDB is not: the tables that grow with time become partitioned by it. A table that has rows is attached
-- as one partition, from the beginning until the month after its newest row; nothing is copied.

create function price_partitions(relation regclass) returns table (partition regclass, first timestamptz, beyond timestamptz)
language sql stable set timezone = 'UTC' set datestyle = 'ISO' as $body$
    select p.oid::regclass,
        case when bounds[1] = 'MINVALUE' then '-infinity' else trim('''' from bounds[1])::timestamptz end,
        case when bounds[2] = 'MAXVALUE' then 'infinity' else trim('''' from bounds[2])::timestamptz end
    from pg_inherits i
    join pg_class p on p.oid = i.inhrelid
    cross join lateral regexp_match(pg_get_expr(p.relpartbound, p.oid), 'FROM \((.*)\) TO \((.*)\)') as bounds
    where i.inhparent = relation and bounds is not null
$body$;

comment on function price_partitions(regclass) is 'The partitions of a table, each with its rows'' time: from first (inclusive) until beyond (exclusive).';

-- Runs with its owner's rights, so that whoever may insert need not own the tables. What the years 1998 to 2100 do not
-- have goes to one partition before and one after: no timestamp, however wrong, makes a third.
create function keep_partition(relation regclass, instant timestamptz, unit text, out first timestamptz, out beyond timestamptz)
language plpgsql security definer set timezone = 'UTC' set datestyle = 'ISO' as $body$
declare
    lowest constant timestamptz := '1998-01-01 00:00+00';
    highest constant timestamptz := '2101-01-01 00:00+00';
    relation_name text;
    partition_name text;
begin
    select c.relname into relation_name from pg_class c
    where c.oid = relation and c.relkind = 'p'
      and c.oid in (to_regclass('market_data'), to_regclass('market_metrics'), to_regclass('market_data_quality'));
    if relation_name is null then
        raise invalid_parameter_value using message = format('%s is none of the history''s partitioned tables', relation);
    end if;
    if not has_table_privilege(session_user, relation, 'insert') then
        raise insufficient_privilege using message = format('permission denied to add partitions to %s', relation);
    end if;

    -- Twice: the second time nobody else is adding one.
    for attempt in 1..2 loop
        select p.first, p.beyond into first, beyond from price_partitions(relation) p
        where instant >= p.first and (instant < p.beyond or p.beyond = 'infinity');
        if found then
            return;
        end if;
        if attempt = 1 then
            perform pg_advisory_xact_lock(hashtextextended('partitions of ' || relation::oid, 0));
        end if;
    end loop;

    if instant < lowest then
        first := '-infinity';
        beyond := lowest;
        partition_name := relation_name || '_before_1998';
    elsif instant >= highest then
        first := highest;
        beyond := 'infinity';
        partition_name := relation_name || '_after_2100';
    else
        first := date_trunc('month', instant);
        beyond := first + interval '1 month';
        partition_name := relation_name || to_char(first, '_YYYY_MM');
        -- A month that has been begun by day goes on by day. What is long past comes by the month at once.
        if (unit = 'day' and instant between now() - interval '2 years' and now() + interval '1 year')
            or exists (select from price_partitions(relation) p where p.first < keep_partition.beyond and p.beyond > keep_partition.first)
        then
            first := date_trunc('day', instant);
            beyond := first + interval '1 day';
            partition_name := relation_name || to_char(first, '_YYYY_MM_DD');
        end if;
    end if;

    select greatest(keep_partition.first, max(p.beyond) filter (where p.beyond <= instant)),
           least(keep_partition.beyond, min(p.first) filter (where p.first > instant))
    into first, beyond
    from price_partitions(relation) p;

    -- Somebody may have detached a partition and kept it.
    while to_regclass(quote_ident(partition_name)) is not null loop
        partition_name := partition_name || '_again';
    end loop;
    execute format('create table %I (like %s including all)', partition_name, relation);
    if relation_name = 'market_data' then
        execute format('alter table %I set (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 200000)', partition_name);
    end if;
    execute format('alter table %s attach partition %I for values from (%s) to (%s)', relation, partition_name,
        case when first = '-infinity' then 'minvalue' else quote_literal(first) end,
        case when beyond = 'infinity' then 'maxvalue' else quote_literal(beyond) end);
end
$body$;

comment on function keep_partition(regclass, timestamptz, text) is
    'Sees to it that a row of that time has a partition to go to (unit: month or day), and gives its bounds. For whoever may insert.';

-- The exclusive lock that detaching takes is waited for briefly; behind a long read everybody else would wait too.
create function drop_partitions_before(relation regclass, instant timestamptz) returns setof text
language plpgsql security definer set timezone = 'UTC' set datestyle = 'ISO' set lock_timeout = '5s' as $body$
declare
    old record;
begin
    if relation is distinct from to_regclass('market_data')::oid then
        raise invalid_parameter_value using message = format('%s is not the history''s table of prices', relation);
    end if;
    if not has_table_privilege(session_user, relation, 'delete') then
        raise insufficient_privilege using message = format('permission denied to drop partitions of %s', relation);
    end if;
    if instant > now() - interval '7 days' + interval '1 hour' then
        raise invalid_parameter_value using message = 'the last seven days are kept';
    end if;

    perform pg_advisory_xact_lock(hashtextextended('partitions of ' || relation::oid, 0));
    for old in select p.partition, p.partition::text as name from price_partitions(relation) p where p.beyond <= instant order by p.first loop
        execute format('alter table %s detach partition %s', relation, old.name);
        execute format('drop table %s', old.name);
        return next old.name;
    end loop;
end
$body$;

comment on function drop_partitions_before(regclass, timestamptz) is 'Drops the partitions all of whose time is before an instant, and names them. For whoever may delete.';

do $do$
declare
    grown text;
    old text;
    item record;
    statement text;
    made text[];
    beyond timestamptz;
begin
    foreach statement in array array[
        'price_partitions(regclass)', 'keep_partition(regclass, timestamptz, text)', 'drop_partitions_before(regclass, timestamptz)']
    loop
        execute format('alter function %s set search_path = %I, pg_temp', statement, current_schema());
    end loop;

    foreach grown in array array['market_data', 'market_metrics', 'market_data_quality'] loop
        if (select relkind from pg_class where oid = to_regclass(grown)) is distinct from 'r' then
            continue;
        end if;

        execute format('lock table %I in access exclusive mode', grown);
        old := grown || '_old';
        beyond := null;
        made := '{}';
        for item in
            select c.oid::regclass as reader from pg_class c
            where c.relkind = 'm' and exists (
                select from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                where r.ev_class = c.oid and d.refobjid = grown::regclass)
        loop
            raise exception 'The materialized view % reads %, which is to be partitioned. Drop it, start again, and create it anew.', item.reader, grown;
        end loop;

        -- What stands on the table is written down before it loses its name, and said again of the new one.
        made := made || array(
            select format('alter table %I add constraint %I %s', grown, conname, pg_get_constraintdef(oid))
            from pg_constraint where conrelid = grown::regclass and contype in ('p', 'u'));
        made := made || array(
            select pg_get_indexdef(i.indexrelid) from pg_index i
            where i.indrelid = grown::regclass and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u')));
        made := made || array(select pg_get_triggerdef(oid) from pg_trigger where tgrelid = grown::regclass and not tgisinternal);
        made := made || array(
            select format('create or replace view %s%s as %s', c.oid::regclass, ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid))
            from pg_class c
            where c.relkind = 'v' and exists (
                select from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                where r.ev_class = c.oid and d.refobjid = grown::regclass));

        for item in select tgname from pg_trigger where tgrelid = grown::regclass and not tgisinternal loop
            execute format('drop trigger %I on %I', item.tgname, grown);
        end loop;
        for item in select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = grown::regclass loop
            execute format('alter index %I rename to %I', item.relname, item.relname || '_old');
        end loop;
        execute format('alter table %I rename to %I', grown, old);
        execute format('create table %I (like %I including all excluding indexes) partition by range (timestamp)', grown, old);
        foreach statement in array made loop
            execute statement;
        end loop;
        execute format('comment on table %I is %L', grown, obj_description(old::regclass, 'pg_class'));
        for item in select relacl, pg_get_userbyid(relowner) as owner from pg_class where oid = old::regclass loop
            if item.owner <> current_user then
                execute format('alter table %I owner to %I', grown, item.owner);
            end if;
            perform grant_rights(grown::regclass, item.relacl);
        end loop;
        perform grant_rights(grown::regclass, attacl, attname)
        from pg_attribute where attrelid = old::regclass and attacl is not null and not attisdropped;

        -- At least until the day after tomorrow: hosts of the last release go on writing while they are replaced.
        execute format(
            $sql$
            select date_trunc('month', greatest(newest, now() + interval '3 days') at time zone 'UTC') at time zone 'UTC' + interval '31 days'
            from (select max(timestamp) as newest from %1$I where timestamp < now() + interval '1 year') as latest
            where exists (select from %1$I)
            $sql$, old) into beyond;
        if beyond is null then
            execute format('drop table %I', old);
            continue;
        end if;

        beyond := date_trunc('month', beyond at time zone 'UTC') at time zone 'UTC';
        execute format('create temporary table stray on commit drop as select * from %I where timestamp >= %L', old, beyond);
        execute format('delete from %I where timestamp >= %L', old, beyond);
        execute format('alter table %I rename to %I', old, grown || to_char(beyond at time zone 'UTC', '"_until_"YYYY_MM'));
        execute format('alter table %I attach partition %I for values from (minvalue) to (%L)', grown, grown || to_char(beyond at time zone 'UTC', '"_until_"YYYY_MM'), beyond);
        perform keep_partition(grown::regclass, timestamp, 'month') from (select distinct timestamp from stray) as strays;
        execute format('insert into %I select * from stray', grown);
        drop table stray;
    end loop;
end
$do$;

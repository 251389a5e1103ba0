-- What Orleans keeps in this database: cluster membership, grain state, reminders. Its ADO.NET providers read
-- their statements from OrleansQuery by key and bind named parameters; the tables behind them are ours.
-- Every statement that checks a version is one SQL statement, so it either takes place whole or changes nothing.

create table orleansquery (
    querykey  varchar(64) not null primary key,
    querytext text        not null
);

-- Clustering ------------------------------------------------------------------------------------------------

create table orleans_cluster (
    cluster_id text        not null primary key,
    version    integer     not null default 0,
    changed_at timestamptz not null default now()
);

create table orleans_silo (
    cluster_id    text        not null references orleans_cluster on delete cascade,
    address       text        not null,
    port          integer     not null,
    generation    integer     not null,
    silo_name     text        not null,
    host_name     text        not null,
    status        integer     not null,
    proxy_port    integer     not null,
    suspect_times text,
    started_at    timestamptz not null,
    alive_at      timestamptz not null,
    constraint orleans_silo_key primary key (cluster_id, address, port, generation)
);

insert into orleansquery (querykey, querytext) values
('InsertMembershipVersionKey', $sql$
with fresh as (
    insert into orleans_cluster (cluster_id) values (@DeploymentId)
    on conflict (cluster_id) do nothing
    returning cluster_id)
select exists (select from fresh)
$sql$),

('MembershipReadAllKey', $sql$
select s.address as "Address", s.port as "Port", s.generation as "Generation", s.silo_name as "SiloName",
       s.host_name as "HostName", s.status as "Status", s.proxy_port as "ProxyPort",
       s.suspect_times as "SuspectTimes", s.started_at as "StartTime", s.alive_at as "IAmAliveTime",
       c.version as "Version"
from orleans_cluster c
left join orleans_silo s on s.cluster_id = c.cluster_id
where c.cluster_id = @DeploymentId
$sql$),

('MembershipReadRowKey', $sql$
select s.address as "Address", s.port as "Port", s.generation as "Generation", s.silo_name as "SiloName",
       s.host_name as "HostName", s.status as "Status", s.proxy_port as "ProxyPort",
       s.suspect_times as "SuspectTimes", s.started_at as "StartTime", s.alive_at as "IAmAliveTime",
       c.version as "Version"
from orleans_cluster c
left join orleans_silo s on s.cluster_id = c.cluster_id
    and s.address = @Address and s.port = @Port and s.generation = @Generation
where c.cluster_id = @DeploymentId
$sql$),

('InsertMembershipKey', $sql$
with turn as (
    update orleans_cluster c set version = c.version + 1, changed_at = now()
    where c.cluster_id = @DeploymentId and c.version = @Version
      and not exists (
        select from orleans_silo s
        where s.cluster_id = c.cluster_id and s.address = @Address and s.port = @Port and s.generation = @Generation)
    returning c.cluster_id),
joined as (
    insert into orleans_silo (
        cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
    select cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    from turn
    returning cluster_id)
select exists (select from joined)
$sql$),

('UpdateMembershipKey', $sql$
with turn as (
    update orleans_cluster c set version = c.version + 1, changed_at = now()
    where c.cluster_id = @DeploymentId and c.version = @Version
      and exists (
        select from orleans_silo s
        where s.cluster_id = c.cluster_id and s.address = @Address and s.port = @Port and s.generation = @Generation)
    returning c.cluster_id),
changed as (
    update orleans_silo s set status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
    from turn
    where s.cluster_id = turn.cluster_id and s.address = @Address and s.port = @Port and s.generation = @Generation
    returning s.cluster_id)
select exists (select from changed)
$sql$),

('UpdateIAmAlivetimeKey', $sql$
update orleans_silo set alive_at = @IAmAliveTime
where cluster_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$sql$),

('GatewaysQueryKey', $sql$
select address as "Address", proxy_port as "ProxyPort", generation as "Generation"
from orleans_silo
where cluster_id = @DeploymentId and status = @Status and proxy_port > 0
$sql$),

-- 3 is Active: such a silo stays, however old its last sign of life; the others judge it first.
('CleanupDefunctSiloEntriesKey', $sql$
delete from orleans_silo
where cluster_id = @DeploymentId and status <> 3 and greatest(alive_at, started_at) < @IAmAliveTime
$sql$),

('DeleteMembershipTableEntriesKey', $sql$
delete from orleans_cluster where cluster_id = @DeploymentId
$sql$);

-- Grain state -----------------------------------------------------------------------------------------------

-- The key is whole and unique, so two first writes of one grain cannot leave two rows.
create table orleans_grain_state (
    grain_hash  integer     not null,
    type_hash   integer     not null,
    key_high    bigint      not null,
    key_low     bigint      not null,
    key_text    text        not null,
    grain_type  text        not null,
    service_id  text        not null,
    payload     bytea,
    version     integer     not null,
    changed_at  timestamptz not null default now(),
    constraint orleans_grain_state_key
        primary key (grain_hash, type_hash, key_high, key_low, key_text, grain_type, service_id)
);

insert into orleansquery (querykey, querytext) values
('ReadFromStorageKey', $sql$
select payload as "PayloadBinary", version as "Version"
from orleans_grain_state
where grain_hash = @GrainIdHash and type_hash = @GrainTypeHash and key_high = @GrainIdN0 and key_low = @GrainIdN1
  and key_text = coalesce(@GrainIdExtensionString, '') and grain_type = @GrainTypeString and service_id = @ServiceId
$sql$),

-- No row comes back when the version is not the stored one, or a first write comes second: a conflict.
('WriteToStorageKey', $sql$
with changed as (
    update orleans_grain_state set payload = @PayloadBinary, version = version + 1, changed_at = now()
    where grain_hash = @GrainIdHash and type_hash = @GrainTypeHash and key_high = @GrainIdN0 and key_low = @GrainIdN1
      and key_text = coalesce(@GrainIdExtensionString, '') and grain_type = @GrainTypeString and service_id = @ServiceId
      and version = @GrainStateVersion
    returning version),
added as (
    insert into orleans_grain_state (
        grain_hash, type_hash, key_high, key_low, key_text, grain_type, service_id, payload, version)
    select @GrainIdHash, @GrainTypeHash, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''),
           @GrainTypeString, @ServiceId, @PayloadBinary, 1
    where @GrainStateVersion is null
    on conflict on constraint orleans_grain_state_key do nothing
    returning version)
select version as "NewGrainStateVersion" from changed
union all
select version from added
$sql$),

('ClearStorageKey', $sql$
update orleans_grain_state set payload = null, version = version + 1, changed_at = now()
where grain_hash = @GrainIdHash and type_hash = @GrainTypeHash and key_high = @GrainIdN0 and key_low = @GrainIdN1
  and key_text = coalesce(@GrainIdExtensionString, '') and grain_type = @GrainTypeString and service_id = @ServiceId
  and version = @GrainStateVersion
returning version as "NewGrainStateVersion"
$sql$),

('DeleteStorageKey', $sql$
delete from orleans_grain_state
where grain_hash = @GrainIdHash and type_hash = @GrainTypeHash and key_high = @GrainIdN0 and key_low = @GrainIdN1
  and key_text = coalesce(@GrainIdExtensionString, '') and grain_type = @GrainTypeString and service_id = @ServiceId
  and version = @GrainStateVersion
returning version + 1 as "NewGrainStateVersion"
$sql$);

-- Reminders -------------------------------------------------------------------------------------------------

create table orleans_reminder (
    service_id  text        not null,
    grain_id    text        not null,
    name        text        not null,
    grain_hash  integer     not null,
    starts_at   timestamptz not null,
    period_ms   bigint      not null,
    version     integer     not null default 0,
    constraint orleans_reminder_key primary key (service_id, grain_id, name)
);

create index orleans_reminder_by_hash on orleans_reminder (service_id, grain_hash);

insert into orleansquery (querykey, querytext) values
('UpsertReminderRowKey', $sql$
insert into orleans_reminder as r (service_id, grain_id, name, grain_hash, starts_at, period_ms)
values (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period)
on conflict (service_id, grain_id, name) do update
set grain_hash = excluded.grain_hash, starts_at = excluded.starts_at, period_ms = excluded.period_ms, version = r.version + 1
returning version as "Version"
$sql$),

('ReadReminderRowKey', $sql$
select grain_id as "GrainId", name as "ReminderName", starts_at as "StartTime", period_ms as "Period", version as "Version"
from orleans_reminder
where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName
$sql$),

('ReadReminderRowsKey', $sql$
select grain_id as "GrainId", name as "ReminderName", starts_at as "StartTime", period_ms as "Period", version as "Version"
from orleans_reminder
where service_id = @ServiceId and grain_id = @GrainId
$sql$),

-- The hashes form a ring: a range begins after its first point, and may run through the seam.
('ReadRangeRows1Key', $sql$
select grain_id as "GrainId", name as "ReminderName", starts_at as "StartTime", period_ms as "Period", version as "Version"
from orleans_reminder
where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$sql$),

('ReadRangeRows2Key', $sql$
select grain_id as "GrainId", name as "ReminderName", starts_at as "StartTime", period_ms as "Period", version as "Version"
from orleans_reminder
where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$sql$),

('DeleteReminderRowKey', $sql$
with gone as (
    delete from orleans_reminder
    where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName and version = @Version
    returning name)
select exists (select from gone)
$sql$),

('DeleteReminderRowsKey', $sql$
delete from orleans_reminder where service_id = @ServiceId
$sql$);

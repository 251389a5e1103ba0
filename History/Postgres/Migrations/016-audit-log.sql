-- The status a call was answered with; an index for what one actor did; and nothing in the log changes or goes.

alter table audit_log add column status smallint;

create index audit_log_by_actor on audit_log (actor, at);

create function refuse_audit_change() returns trigger
language plpgsql as $body$
begin
    raise exception 'audit_log is only ever added to' using errcode = 'insufficient_privilege';
end
$body$;

create trigger audit_log_stands before update or delete or truncate on audit_log
for each statement execute function refuse_audit_change();

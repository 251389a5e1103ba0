-- The status a call was answered with.

alter table audit_log add column status smallint;

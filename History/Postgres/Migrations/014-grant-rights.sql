-- Gives a table or view the rights another one had, for where one takes another's place under its name.

create function grant_rights(relation regclass, rights aclitem[], column_name name default null) returns void
language plpgsql as $body$
declare
    given record;
begin
    for given in
        select a.privilege_type, a.is_grantable, coalesce(quote_ident(r.rolname), 'public') as receiver
        from aclexplode(rights) a
        left join pg_roles r on r.oid = a.grantee
        where (a.grantee = 0 or r.rolname is not null)
          and a.grantee <> (select relowner from pg_class where oid = relation)
    loop
        execute format('grant %s%s on %s to %s%s', given.privilege_type, ' (' || quote_ident(column_name) || ')',
            relation, given.receiver, case when given.is_grantable then ' with grant option' end);
    end loop;
end
$body$;

comment on function grant_rights(regclass, aclitem[], name) is 'Gives the rights of an access control list on a table, a view or one of its columns.';

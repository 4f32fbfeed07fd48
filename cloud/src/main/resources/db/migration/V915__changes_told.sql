-- Who looks at a list follows it without asking again and again (GET /service/v1/changes): the rows themselves tell that they have changed, so that no way of
-- changing them, of today or to come, can forget to. What is told is the kind, whose it is and its id, nothing of the content: the reader asks for that
-- by the API, which decides what he may see. Nothing is told while nobody follows.

-- Until when somebody follows; every process with readers moves it on. Lost with a crash of the database, it is written again within seconds.
create unlogged table change_watch (
    one   boolean     primary key default true check (one),
    until timestamptz not null
);
revoke insert, update, delete on change_watch from "${api}";

-- Makes the table tell its changes under the kind. Project and id are SQL over the row "it"; project '*': everybody sees the thing, '-': the provider alone.
-- An update is told only where one of the columns has another value: bookkeeping and signs of life change rows all the time.
create procedure tell_changes(of regclass, kind text, project text, id text, columns text[]) language plpgsql as $$
declare
    teller text := 'tell_' || of::text;
    olds text := (select string_agg('old.' || quote_ident(name), ', ') from unnest(columns) name);
    news text := (select string_agg('new.' || quote_ident(name), ', ') from unnest(columns) name);
begin
    execute format($f$
        create function %I() returns trigger language plpgsql as $t$
        declare
            it record;
        begin
            if exists (select from change_watch where one and until > now()) then
                it := coalesce(new, old);
                perform pg_notify('change', '/%s ' || coalesce((%s)::text, '-') || ' ' || coalesce((%s)::text, ''));
            end if;
            return null;
        end $t$ $f$, teller, kind, project, id);
    execute format('create trigger told after insert or delete on %s for each row execute function %I()', of, teller);
    if columns <> '{}' then
        execute format('create trigger told_update after update on %s for each row
                            when ((%s) is distinct from (%s)) execute function %I()', of, olds, news, teller);
    end if;
end $$;

call tell_changes('server', 'server', 'it.project_id', 'it.id', '{name, description, metadata, tags, desired, settled, work, reboots, reboots_done,
    host_name, observed, build_step, fault_message, launched_at, flavor_name, image_id, locked_by, delete_protected, reclaim_at, terminated_at}');
call tell_changes('server_schedule', 'server', 'it.project_id', 'it.server_id', '{name, action, days, date, time, zone, keep, enabled, due_at}');
call tell_changes('schedule_run', 'server', 'it.project_id', 'it.server_id', '{result}');
call tell_changes('console_visit', 'console-visit', 'it.project_id', 'it.server_id', '{closed_at}');

call tell_changes('network', 'network', 'it.project_id', 'it.id', '{revision}');
call tell_changes('subnet', 'network', 'it.project_id', 'it.network_id', '{revision}');
call tell_changes('port', 'port', 'it.project_id', 'it.id', '{revision, up, binding_host, device_id}');
call tell_changes('router', 'router', 'it.project_id', 'it.id', '{revision}');
call tell_changes('floating_ip', 'floating-ip', 'it.project_id', 'it.id', '{revision, port_id, router_id}');
call tell_changes('security_group', 'security-group', 'it.project_id', 'it.id', '{revision}');
call tell_changes('security_group_rule', 'security-group', 'it.project_id', 'it.security_group_id', '{revision}');
call tell_changes('firewall_log', 'firewall-log', 'it.project_id', 'it.id', '{revision}');

call tell_changes('image', 'image', $$case when it.visibility = 'public' then '*' else it.project_id end$$, 'it.id',
    '{status, name, visibility, protected, hidden, updated_at}');
call tell_changes('image_member', 'image', 'it.member_id', 'it.image_id', '{status}');

call tell_changes('host', 'host', 'it.project_id', 'it.id', '{state, maintenance, maintenance_reason, project_id, zone, attachment, gateway, guests,
    used_vcpus, used_memory_mib, used_disk_gib}');
call tell_changes('drain', 'host', $$'-'$$, 'it.host_id', '{emptied_at, ended_at}');
call tell_changes('drain_guest', 'host', $$'-'$$, '(select d.host_id from drain d where d.id = it.drain_id)', '{state, obstacle, sentence, target_host}');
call tell_changes('migration', 'migration', $$'-'$$, 'it.server_id', '{status, target_host}');
call tell_changes('certificate', 'certificate', $$'-'$$, $$''$$, '{certificate, problem, alarmed, told}');

call tell_changes('application', 'application', $$'-'$$, 'it.id', '{state, quota, reason}');
call tell_changes('application_step', 'application', $$'-'$$, 'it.application_id', '{}');
call tell_changes('contract', 'contract', 'it.project_id', 'it.id', '{state, waits_for, enforced_version, plan_version}');
call tell_changes('mail', 'mail', $$'-'$$, 'it.id', '{state, tries, last_error, opened_at}');

-- A customer must not learn of these by looking.
call tell_changes('break_glass', 'break-glass', $$'-'$$, 'it.id', '{granted, decided_by, ends_at, ended_by, reviewed_by}');
call tell_changes('host_log_in', 'break-glass', $$'-'$$, $$''$$, '{signed_by}');
call tell_changes('evidence_hold', 'evidence', $$'-'$$, 'it.id', '{confirmed_by, end_by, ended_by, ended_at, ends_at, may_tell}');
call tell_changes('disclosure', 'evidence', $$'-'$$, 'it.id', '{state, proposal, may_tell, told_at, package_id}');
call tell_changes('evidence_package', 'evidence', $$'-'$$, 'it.id', '{state, may_tell, keep_until, trouble}');
call tell_changes('evidence_part', 'evidence', $$'-'$$, 'it.package_id', '{state, obstacle}');

call tell_changes('forwarding', 'forwarding', 'it.project_id', 'it.id', '{state, name, problem, failing_since}');
call tell_changes('outbox', 'event', 'it.project_id', $$''$$, '{}');
drop procedure tell_changes;

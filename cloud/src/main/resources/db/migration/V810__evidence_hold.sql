-- Evidence holds: what must stay as it is, by whose authority and until when. The tables of customers' things ask here by themselves before a row goes
-- (trigger refuse_held), so that no way of deletion, of today or to come, can forget to. Rows are for good.

create table evidence_hold (
    id             uuid        primary key,
    reference      text        not null,          -- case number
    -- Whose things; null for holds on the provider's own logs and backups.
    project_id     text,
    -- All that the project has and will have, instead of single things.
    everything     boolean     not null default false,
    reason         text        not null,
    authority      text        not null,
    -- Whether the customer may know of it. It can become true and never false again.
    may_tell       boolean     not null,
    ends_at        timestamptz,                   -- null: until it is ended
    made_by        text        not null,
    made_name      text        not null,
    made_at        timestamptz not null default now(),
    -- In force from the first moment, for evidence does not wait for a second person; without one it lapses after three days.
    confirmed_by   text,
    confirmed_name text,
    confirmed_at   timestamptz,
    -- One asks for the end, another one agrees: ending is what lets evidence go.
    end_by         text,
    end_name       text,
    end_at         timestamptz,
    end_reason     text,
    ended_by       text,
    ended_name     text,
    ended_at       timestamptz,
    -- Whether the history says that it ended by itself, and when it was said last that it waits for the second person.
    end_recorded   boolean     not null default false,
    alarmed_at     timestamptz,
    check (confirmed_by <> made_by),
    check (not everything or project_id is not null)
);
create index on evidence_hold (project_id) where ended_at is null;
create index on evidence_hold (made_at);

create table evidence_hold_thing (
    hold_id    uuid not null references evidence_hold,
    kind       text not null,
    thing_id   text not null,
    name       text,
    primary key (hold_id, kind, thing_id)
);
create index on evidence_hold_thing (thing_id, kind);

-- For the provider alone: a customer must not learn of a hold by looking. Not forced, since the functions below look for everybody.
alter table evidence_hold enable row level security;
alter table evidence_hold_thing enable row level security;
create policy of_provider on evidence_hold to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on evidence_hold to "${system}" using (true) with check (true);
create policy of_provider on evidence_hold_thing to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on evidence_hold_thing to "${system}" using (true) with check (true);
revoke delete on evidence_hold, evidence_hold_thing from "${api}", "${system}";
revoke update on evidence_hold_thing from "${api}", "${system}";

-- Holds in force on a thing.
create function holds_on(kind text, thing text, project text) returns setof evidence_hold
    language sql stable security definer set search_path = public as $$
    select h.* from evidence_hold h
     where h.ended_at is null
       and (h.ends_at is null or h.ends_at > now())
       and (h.confirmed_by is not null or h.made_at > now() - interval '3 days')
       and (h.everything and h.project_id = $3
            or exists (select from evidence_hold_thing t where t.hold_id = h.id and t.kind = $1 and t.thing_id = $2))
$$;
revoke execute on function holds_on(text, text, text) from public;

-- For work in the background, which passes over what is held instead of failing at it.
create function is_held(kind text, thing text, project text) returns boolean
    language sql stable security definer set search_path = public as $$
    select exists (select from holds_on($1, $2, $3))
$$;

-- Whose logs of the class nobody may shorten.
create function held_log_projects(class text) returns setof text
    language sql stable security definer set search_path = public as $$
    select h.project_id from evidence_hold h
     where h.ended_at is null and h.project_id is not null
       and (h.ends_at is null or h.ends_at > now())
       and (h.confirmed_by is not null or h.made_at > now() - interval '3 days')
       and (h.everything or exists (select from evidence_hold_thing t
                                     where t.hold_id = h.id and t.kind = 'log' and t.thing_id in ('all', $1)))
$$;

-- Refuses to let a held row go. Arguments: what the thing is called, then pairs of a kind and the column that names a thing of that kind. SQLSTATE
-- UK409 makes the message the answer. A hold of which the customer may not know has a sentence for everybody that tells nothing: refusals stand in histories.
create function refuse_held() returns trigger
    language plpgsql security definer set search_path = public as $$
declare
    gone jsonb := to_jsonb(old);
    told evidence_hold;
begin
    -- A hold that is just being made waits for what is under way, and what comes next sees it.
    perform pg_advisory_xact_lock_shared(hashtextextended('evidence-hold', 0));
    -- What goes with a server that was deleted before.
    if tg_table_name = 'port' and exists (
            select from server where id::text = gone ->> 'server_id' and desired = 'deleted') then
        return old;
    end if;
    for i in 1 .. tg_nargs - 1 by 2 loop
        select * into told from holds_on(tg_argv[i], gone ->> tg_argv[i + 1], gone ->> 'project_id')
         order by may_tell desc, made_at limit 1;
        if told.id is not null then
            if told.may_tell then
                raise exception using errcode = 'UK409', message = format(
                    '%s %s is kept as evidence (case %s) and cannot be deleted or replaced %s. Ask the contact desk about it.',
                    tg_argv[0], gone ->> 'id', told.reference,
                    coalesce('until ' || to_char(told.ends_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'until the hold is ended'));
            end if;
            raise exception using errcode = 'UK409', message = format(
                '%s %s cannot be deleted or replaced at present. Ask the contact desk, and give the number of this request.',
                tg_argv[0], gone ->> 'id');
        end if;
    end loop;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;

create trigger held_deletion before update of desired, work on server for each row
    when (new.desired in ('deleted', 'soft_deleted') and new.desired <> old.desired
          or new.work is distinct from old.work and new.work in ('rebuilding', 'resize_reverting', 'shelving'))
    execute function refuse_held('Server', 'server', 'id');
create trigger held before delete on server for each row execute function refuse_held('Server', 'server', 'id');
-- An image that has no data yet is no evidence: one that nothing came of is thrown away.
create trigger held before delete on image for each row when (old.status in ('active', 'deactivated'))
    execute function refuse_held('Image', 'image', 'id');
create trigger held before delete on network for each row execute function refuse_held('Network', 'network', 'id');
create trigger held before delete on subnet for each row execute function refuse_held('Subnet', 'subnet', 'id', 'network', 'network_id');
create trigger held before delete on port for each row
    execute function refuse_held('Port', 'port', 'id', 'server', 'server_id', 'network', 'network_id');
create trigger held before delete on router for each row execute function refuse_held('Router', 'router', 'id');
create trigger held before delete on floating_ip for each row execute function refuse_held('Floating IP', 'floating-ip', 'id');
create trigger held before delete on security_group for each row execute function refuse_held('Security group', 'security-group', 'id');
create trigger held before delete on security_group_rule for each row
    execute function refuse_held('Security group rule', 'security-group-rule', 'id', 'security-group', 'security_group_id');
create trigger held before delete on trunk for each row execute function refuse_held('Trunk', 'trunk', 'id');
create trigger held before delete on subnet_pool for each row execute function refuse_held('Subnet pool', 'subnet-pool', 'id');
create trigger held before delete on address_group for each row execute function refuse_held('Address group', 'address-group', 'id');
create trigger held before delete on firewall_log for each row execute function refuse_held('Log', 'firewall-log', 'id');
create trigger held before delete on contract for each row execute function refuse_held('Contract', 'contract', 'id');
create trigger held before delete on consent for each row execute function refuse_held('Consent', 'consent', 'id');

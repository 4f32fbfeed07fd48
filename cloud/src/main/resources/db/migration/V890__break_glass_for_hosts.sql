-- An access may be for a host instead of a project. Whose servers stand there while it runs is told of it, so it is kept whom that was.
alter table break_glass
    alter column project_id drop not null,
    add column host_id uuid,          -- no reference: the row outlives the host
    add column host_name text,
    add check ((project_id is null) <> (host_id is null)),
    add check ((host_id is null) = (host_name is null));
create index on break_glass (host_id, ends_at) where granted and host_id is not null;

create table break_glass_told (
    case_id    uuid        not null references break_glass,
    project_id text        not null,
    told_at    timestamptz not null default now(),
    primary key (case_id, project_id)
);
call protect_table('break_glass_told');
revoke update, delete on break_glass_told from "${api}";

-- Log-ins on the machines themselves, as their own records have them. The node sends each until it is taken; the key makes that once. For good, as the accesses are.
create table host_log_in (
    id             uuid        primary key,
    host_id        uuid        not null,
    key            text        not null,          -- names it among all of the host
    host_name      text        not null,
    at             timestamptz not null,
    heard_at       timestamptz not null default now(),
    user_name      text        not null,
    came_from      text        not null,          -- address or name; empty: at the machine itself
    terminal       text        not null,
    -- The access to the host that ran then.
    break_glass    uuid        references break_glass,
    -- Nobody had one, where the site requires it: how often that was said, and who has looked into it.
    alarm          boolean     not null,
    alarmed_at     timestamptz,
    signed_by      text,
    signed_name    text,
    signed_at      timestamptz,
    note           text,
    unique (host_id, key)
);
create index on host_log_in (host_id, at);
create index on host_log_in (at) where alarm and signed_by is null;
alter table host_log_in enable row level security;
alter table host_log_in force row level security;
create policy of_provider on host_log_in to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on host_log_in to "${system}" using (true) with check (true);
revoke insert, delete on host_log_in from "${api}";

-- Who looked at a server's console, from where, from when until when. A visit is begun with its console session and ended with it; of a process that
-- died, the session expires and ends the visit at the time that it was last known to be open. Kept for a year; the history keeps its events for as
-- long as it keeps others.
create table console_visit (
    id         uuid primary key,
    server_id  uuid        not null,
    project_id text        not null,
    kind       text        not null check (kind in ('VNC', 'SERIAL')),
    user_id    text        not null,
    user_name  text        not null,
    address    text        not null,
    agent      text        not null,
    request_id text        not null,
    opened_at  timestamptz not null default now(),
    closed_at  timestamptz,
    -- left: by who looked, or the guest. ended: it was not allowed any more. lost: a process or the machine died.
    ended      text check (ended in ('left', 'ended', 'lost'))
);
create index console_visit_of_server on console_visit (server_id, opened_at desc, id);
create index console_visit_closed on console_visit (closed_at) where closed_at is not null;
create index console_visit_open on console_visit (id) where closed_at is null;
revoke insert, update, delete on console_visit from "${api}";
call protect_table('console_visit');

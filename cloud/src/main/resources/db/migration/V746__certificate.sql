-- The certificates of the site as they were last seen in use, so that a renewal stands in the history, an end that comes near alarms once for
-- each threshold, and what cannot be reached now is still known. Operators alone see them: they belong to no project.
create table certificate (
    -- which of the site's: edge, cloud, identity, ...
    name        text primary key,
    -- DER; null while it has never been seen
    certificate bytea,
    seen_at     timestamptz,
    -- why it could not be looked at just now: unreachable, unreadable
    problem     text,
    detail      text,
    -- the most urgent threshold that was alarmed of this certificate: 0 none, 1 expiring, 2 urgent, 3 ended
    alarmed     smallint not null default 0
);
alter table certificate enable row level security;
alter table certificate force row level security;
create policy of_system on certificate to "${system}" using (true) with check (true);
create policy of_operator_reading on certificate for select to "${api}"
    using (current_setting('unkai.reach', true) = 'provider');
revoke insert, update, delete on certificate from "${api}";

-- The certificate by which a host was last known (DER): apart from host, whose rows are read all the time.
create table host_certificate (
    host_id     uuid  primary key references host (id) on delete cascade,
    certificate bytea not null
);
alter table host_certificate enable row level security;
alter table host_certificate force row level security;
create policy of_system on host_certificate to "${system}" using (true) with check (true);
create policy of_operator on host_certificate to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');

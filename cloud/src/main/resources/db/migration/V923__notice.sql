-- What the provider tells its customers: maintenance, incidents, information. The row is what is told now; every version stays in notice_version, so that
-- nobody can say later that it read otherwise.
create table notice (
    id           uuid        primary key,
    -- What people call it by.
    number       bigint      generated always as identity unique,
    version      integer     not null default 1,
    kind         text        not null check (kind in ('maintenance', 'incident', 'information')),
    important    boolean     not null,
    title_ja     text        not null,
    title_en     text        not null,
    text_ja      text        not null,
    text_en      text        not null,
    -- To all, or to these projects alone.
    everyone     boolean     not null,
    projects     text[]      not null default '{}',
    shown_from   timestamptz not null,
    shown_until  timestamptz not null,
    -- As far as the clock was seen to have gone; who may read it is decided by the times.
    phase        text        not null check (phase in ('waiting', 'shown', 'over')),
    ended_at     timestamptz,
    end_reason   text,
    check (shown_from < shown_until),
    check (everyone = (projects = '{}')),
    check ((ended_at is null) = (end_reason is null))
);
create index notice_turning on notice (id) where phase <> 'over';

create table notice_version (
    notice_id    uuid        not null references notice,
    version      integer     not null,
    kind         text        not null,
    important    boolean     not null,
    title_ja     text        not null,
    title_en     text        not null,
    text_ja      text        not null,
    text_en      text        not null,
    everyone     boolean     not null,
    projects     text[]      not null,
    shown_from   timestamptz not null,
    shown_until  timestamptz not null,
    -- Null: the service itself.
    by_id        text,
    by_name      text,
    at           timestamptz not null,
    -- Why it was corrected; null of the first.
    reason       text,
    -- How many mails went out with it.
    mails        integer     not null,
    primary key (notice_id, version)
);

-- Who has read which version.
create table notice_read (
    user_id      text        not null,
    notice_id    uuid        not null references notice,
    version      integer     not null,
    read_at      timestamptz not null,
    primary key (user_id, notice_id)
);
create index notice_read_of on notice_read (notice_id, version);

alter table notice enable row level security;
alter table notice force row level security;
alter table notice_version enable row level security;
alter table notice_version force row level security;
alter table notice_read enable row level security;
alter table notice_read force row level security;
create policy of_system on notice to "${system}" using (true) with check (true);
create policy of_system on notice_version to "${system}" using (true) with check (true);
create policy of_system on notice_read to "${system}" using (true) with check (true);
create policy of_provider on notice to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_provider on notice_version to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_provider on notice_read for select to "${api}" using (current_setting('unkai.reach', true) = 'provider');
-- A customer has what is shown now, to all or to it.
create policy of_customer on notice for select to "${api}"
    using (ended_at is null and shown_from <= now() and now() < shown_until
           and (everyone or nullif(current_setting('unkai.project', true), '') = any (projects)));
-- What one has read is one's own, in whichever project: the store sets unkai.user.
create policy of_user on notice_read to "${api}" using (user_id = nullif(current_setting('unkai.user', true), ''));
revoke delete on notice from "${api}", "${system}";
revoke update, delete on notice_version from "${api}", "${system}";

-- Which versions of the manual were told: a process of an older version, which runs on beside a newer one for a while or is put back, tells nothing.
create table manual_revision (
    number    bigint      generated always as identity primary key,
    -- SHA-256 over the sections and their digests, hexadecimal.
    digest    text        not null unique,
    -- Section id → digests of both languages.
    sections  jsonb       not null,
    seen_at   timestamptz not null default now(),
    -- Null of the first, which is no revision.
    notice_id uuid        references notice
);
revoke all on manual_revision from "${api}";
alter table manual_revision enable row level security;
alter table manual_revision force row level security;
create policy of_system on manual_revision to "${system}" using (true) with check (true);

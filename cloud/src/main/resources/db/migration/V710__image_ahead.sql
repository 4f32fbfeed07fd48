-- Images that hosts are to fetch before any guest asks for them, so that its start does not wait for the network. A host's plan names
-- them for a day; what the host does with them afterwards is as with any other image that it has.
create table image_ahead (
    host_id uuid not null references host (id) on delete cascade,
    image_id uuid not null references image (id) on delete cascade,
    sha512 text not null,
    size bigint not null,                       -- bytes
    expires_at timestamptz not null,
    planned boolean not null default false,     -- whether the host's plan has been renewed since
    primary key (host_id, image_id)
);
create index image_ahead_by_expiry on image_ahead (expires_at);

alter table image_ahead enable row level security;
create policy of_system on image_ahead to "${system}" using (true) with check (true);
create policy of_operator on image_ahead to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');

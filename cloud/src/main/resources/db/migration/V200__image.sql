-- Images: what guests boot from. The bytes lie in a directory under the name upload_id; the row decides what they are.

create table image (
    id uuid primary key,
    project_id text not null,                 -- the owner; 'provider' for images that Unkai itself brings
    name text,
    status text not null check (status in ('queued', 'saving', 'active')),
    visibility text not null check (visibility in ('private', 'shared', 'community', 'public')),
    protected boolean not null default false,
    hidden boolean not null default false,
    disk_format text check (disk_format in ('raw', 'qcow2')),
    container_format text check (container_format in ('bare')),
    min_disk int not null default 0 check (min_disk >= 0),     -- GiB
    min_ram int not null default 0 check (min_ram >= 0),       -- MiB
    size bigint,                                                -- bytes of the file
    virtual_size bigint,                                        -- bytes of the disk inside
    checksum text,                                              -- MD5, hexadecimal: clients compare it
    sha512 text,                                                -- hexadecimal: what Unkai itself relies on
    tags text[] not null default '{}',
    properties jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    upload_id uuid unique,                    -- name of the file; set before the first byte is written
    upload_beat timestamptz,                  -- last sign of life of the process that takes the upload
    reserved bigint not null default 0,       -- bytes that an upload under way has announced, counted in the quota
    seed_mark text,                           -- of an imported seed file: name, size and time, to know it again
    check (status <> 'active' or (size is not null and virtual_size is not null and sha512 is not null
        and upload_id is not null and disk_format is not null)),
    check (status <> 'saving' or upload_id is not null)
);
create index image_by_project on image (project_id);
create index image_by_age on image (created_at desc, id desc);
-- Two processes that see the same seed file import it once.
create unique index image_seed on image (name, sha512) where seed_mark is not null;

-- With whom a shared image is shared; project_id is the owner's, so that owner and member each see the row.
create table image_member (
    image_id uuid not null references image on delete cascade,
    member_id text not null,
    project_id text not null,
    status text not null check (status in ('pending', 'accepted', 'rejected')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (image_id, member_id)
);
create index image_member_by_member on image_member (member_id);

-- Totals that differ from the default; bytes of all image files of a project.
create table image_quota (
    project_id text primary key,
    bytes bigint not null check (bytes >= 0)
);

call protect_table('image');
call protect_table('image_member');
call protect_table('image_quota');

-- A member sees and answers the offer, nothing more; owners alone make and withdraw offers.
create policy member_sees on image_member for select to "${api}"
    using (member_id = nullif(current_setting('unkai.project', true), ''));
create policy member_answers on image_member for update to "${api}"
    using (member_id = nullif(current_setting('unkai.project', true), ''));

-- Others' images that may be seen and booted, never changed: the policy is for select alone.
create policy offered on image for select to "${api}" using (
    nullif(current_setting('unkai.project', true), '') is not null
    and (visibility in ('public', 'community')
        or (visibility = 'shared' and exists (
            select from image_member m
             where m.image_id = image.id and m.member_id = current_setting('unkai.project', true)))));

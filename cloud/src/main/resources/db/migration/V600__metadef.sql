-- Definitions of the properties that images and flavors may carry: namespaces with objects, properties and tags in them, and
-- the kinds of resources that each is meant for. The provider writes them; everybody reads those that are public.

create table metadef_namespace (
    name         text primary key,
    project_id   text        not null,
    display_name text,
    description  text,
    visibility   text        not null check (visibility in ('public', 'private')),
    protected    boolean     not null default false,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now()
);
create index metadef_namespace_by_age on metadef_namespace (created_at desc, name);
call protect_table('metadef_namespace');
create policy offered on metadef_namespace for select to "${api}" using (
    visibility = 'public' and nullif(current_setting('unkai.project', true), '') is not null);

create table metadef_item (
    namespace  text        not null references metadef_namespace (name) on update cascade on delete cascade,
    kind       text        not null check (kind in ('object', 'property', 'tag', 'resource_type')),
    name       text        not null,
    -- What the definition says beside its name: a JSON object.
    body       text        not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (namespace, kind, name)
);
alter table metadef_item enable row level security;
alter table metadef_item force row level security;
-- Seen by whom the namespace is seen; changed by the provider alone.
create policy of_namespace on metadef_item for select to "${api}" using (
    exists (select from metadef_namespace n where n.name = namespace));
create policy of_provider on metadef_item to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on metadef_item to "${system}" using (true) with check (true);

-- The kinds of resources that clients know; an association with another one adds it.
create table metadef_resource_type (
    name       text primary key,
    created_at timestamptz not null default now()
);
insert into metadef_resource_type (name)
values ('OS::Glance::Image'), ('OS::Nova::Flavor'), ('OS::Nova::Server'), ('OS::Nova::Aggregate'), ('OS::Cinder::Volume');
alter table metadef_resource_type enable row level security;
alter table metadef_resource_type force row level security;
create policy of_everybody on metadef_resource_type for select to "${api}" using (true);
create policy of_provider on metadef_resource_type to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on metadef_resource_type to "${system}" using (true) with check (true);

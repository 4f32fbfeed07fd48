-- The catalog as operators extend it. The site's own region, services and endpoints stand here too (own), written anew from
-- the configuration at every start: links between the two kinds are then real foreign keys.

create table region (
    id          text primary key,
    description text    not null default '',
    -- Deleting a region deletes those below it, as long as none has an endpoint.
    parent_id   text    references region (id) on delete cascade,
    own         boolean not null default false,
    extra       text    not null default '{}'
);
create index region_parent on region (parent_id);

create table service (
    id          text primary key,
    type        text    not null,
    name        text    not null default '',
    description text    not null default '',
    enabled     boolean not null default true,
    own         boolean not null default false,
    extra       text    not null default '{}'
);

create table endpoint (
    id         text primary key,
    service_id text    not null references service (id) on delete cascade,
    region_id  text    references region (id) on delete restrict,
    interface  text    not null check (interface in ('public', 'internal', 'admin')),
    url        text    not null,
    enabled    boolean not null default true,
    own        boolean not null default false,
    extra      text    not null default '{}'
);
create index endpoint_service on endpoint (service_id);
create index endpoint_region on endpoint (region_id);

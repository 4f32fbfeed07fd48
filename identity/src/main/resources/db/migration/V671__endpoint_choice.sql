-- Which endpoints a project's catalog shows (Identity v3, OS-EP-FILTER): chosen alone, or by groups of what they have in
-- common. A group names a service or a region without being bound to it: it may be made before them and outlive them.
create table endpoint_group (
    id          text primary key,
    name        text not null,
    description text,
    service_id  text,
    region_id   text,
    interface   text check (interface in ('public', 'internal', 'admin')),
    check (num_nonnulls(service_id, region_id, interface) > 0)
);

create table project_endpoint (
    project_id  text not null references project (id) on delete cascade,
    endpoint_id text not null references endpoint (id) on delete cascade,
    primary key (project_id, endpoint_id)
);
create index project_endpoint_endpoint on project_endpoint (endpoint_id);

create table project_endpoint_group (
    project_id text not null references project (id) on delete cascade,
    group_id   text not null references endpoint_group (id) on delete cascade,
    primary key (project_id, group_id)
);
create index project_endpoint_group_group on project_endpoint_group (group_id);

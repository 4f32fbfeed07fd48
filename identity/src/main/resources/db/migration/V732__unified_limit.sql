-- Unified limits (Identity v3, registered_limits and limits): how much of a service's resource a project or a domain may
-- have, for services beside ours that ask here (oslo.limit). They go with what they are about.
create table registered_limit (
    id            text    primary key,
    service_id    text    not null references service (id) on delete cascade,
    region_id     text    references region (id) on delete cascade,
    resource_name text    not null,
    default_limit integer not null check (default_limit >= -1),
    description   text,
    unique nulls not distinct (service_id, region_id, resource_name)
);
create index registered_limit_region on registered_limit (region_id);

create table project_limit (
    id            text    primary key,
    registered_id text    not null references registered_limit (id) on delete cascade,
    project_id    text    references project (id) on delete cascade,
    domain_id     text    references domain (id) on delete cascade,
    most          integer not null check (most >= -1),
    description   text,
    check (num_nonnulls(project_id, domain_id) = 1),
    unique nulls not distinct (registered_id, project_id, domain_id)
);
create index project_limit_project on project_limit (project_id);
create index project_limit_domain on project_limit (domain_id);

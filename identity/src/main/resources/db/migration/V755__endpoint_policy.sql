-- Which document of rules belongs to which endpoints (Identity v3, OS-ENDPOINT-POLICY): to one, to all of a service, or to
-- those of a service in a region and the regions below it. Of what is named, one document each.
create table policy_association (
    policy_id   text not null references policy (id) on delete cascade,
    endpoint_id text references endpoint (id) on delete cascade,
    service_id  text references service (id) on delete cascade,
    region_id   text references region (id) on delete cascade,
    check (num_nonnulls(endpoint_id, service_id) = 1 and (region_id is null or service_id is not null)),
    unique nulls not distinct (endpoint_id, service_id, region_id)
);
create index policy_association_policy on policy_association (policy_id);
create index policy_association_service on policy_association (service_id);
create index policy_association_region on policy_association (region_id);

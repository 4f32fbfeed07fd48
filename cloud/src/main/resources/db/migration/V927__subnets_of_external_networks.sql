-- Whoever sees an external network sees the ids of its subnets, as in the reference: a floating address may be asked for by them. The subnets
-- themselves stay the provider's. Asked as the table's owner, whom the fence does not hold, and only where the network is seen.
alter table subnet no force row level security;
create function subnets_of_external(external uuid) returns uuid[]
    language sql stable security definer set search_path = public as
$$
    select array_agg(s.id order by s.created_at, s.id) from subnet s where s.network_id = external
$$;

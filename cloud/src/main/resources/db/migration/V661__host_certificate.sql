-- Hosts' certificates live for 90 days and are renewed: operators see when a host's ends.
alter table host add column certificate_ends_at timestamptz;
-- SHA-256 of the host's key (SubjectPublicKeyInfo): who was off until its certificate had ended comes back with a new
-- token as the host that it was.
alter table host_enrolment add column key_hash bytea;
update host_enrolment set key_hash = host_token.key_hash from host_token where host_token.host_id = host_enrolment.host_id;
create index host_enrolment_by_key on host_enrolment (key_hash) where removed_at is null;

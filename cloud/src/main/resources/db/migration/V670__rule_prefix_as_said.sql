-- The prefix of a security group rule is kept as the customer said it, host bits and all, as the reference keeps it and its
-- clients compare it; the range that it means is worked out where it is used. A column of type cidr has no room for host bits.
alter table security_group_rule alter column remote_ip_prefix type text using remote_ip_prefix::text;

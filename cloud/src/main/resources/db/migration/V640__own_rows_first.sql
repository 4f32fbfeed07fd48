-- A row's policies are asked in the falling order of their names. What a project owns is told by one comparison; what others share with it, by a
-- query over the shares. The comparison comes first, so that who reads its own rows never pays for that query.
alter policy port_on_own_network on port rename to by_network;
alter policy subnet_of_shared_network on subnet rename to by_sharing;
alter policy security_group_shared on security_group rename to by_sharing;
alter policy security_group_rule_shared on security_group_rule rename to by_sharing;
alter policy subnet_pool_shared on subnet_pool rename to by_sharing;
alter policy qos_policy_shared on qos_policy rename to by_sharing;
alter policy qos_rule_shared on qos_rule rename to by_sharing;

package dev.unkai.identity.policy;

import dev.unkai.base.data.Db;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of {@code policy_association}. */
@Component
final class EndpointPolicyStore {
    private static final String SAME = """
             where endpoint_id is not distinct from cast(:endpoint as text)
               and service_id is not distinct from cast(:service as text)
               and region_id is not distinct from cast(:region as text)
            """;

    /** In place of the one that it had; false when it had this one. */
    boolean put(Db db, String policyId, Ruled ruled) {
        return db.sql("""
                                insert into policy_association as a (policy_id, endpoint_id, service_id, region_id)
                                values (:policy, :endpoint, :service, :region)
                                on conflict (endpoint_id, service_id, region_id) do update set policy_id = excluded.policy_id
                                 where a.policy_id <> excluded.policy_id
                                """)
                        .param("policy", policyId)
                        .param("endpoint", ruled.endpointId())
                        .param("service", ruled.serviceId())
                        .param("region", ruled.regionId())
                        .update()
                > 0;
    }

    boolean delete(Db db, String policyId, Ruled ruled) {
        return db.sql("delete from policy_association" + SAME + " and policy_id = :policy")
                        .param("endpoint", ruled.endpointId())
                        .param("service", ruled.serviceId())
                        .param("region", ruled.regionId())
                        .param("policy", policyId)
                        .update()
                > 0;
    }

    Optional<String> policyOf(Db db, Ruled ruled) {
        return db.sql("select policy_id from policy_association" + SAME)
                .param("endpoint", ruled.endpointId())
                .param("service", ruled.serviceId())
                .param("region", ruled.regionId())
                .query(String.class)
                .optional();
    }

    /** The endpoints that the policy was given to, in any of the three ways. */
    List<String> endpointsOf(Db db, String policyId) {
        return db.sql("""
                        with recursive place (service_id, region_id) as (
                            select service_id, region_id from policy_association
                             where policy_id = :policy and region_id is not null
                            union
                            select p.service_id, r.id from region r join place p on r.parent_id = p.region_id)
                        select e.id from endpoint e
                         where e.id in (select endpoint_id from policy_association where policy_id = :policy)
                            or e.service_id in (select service_id from policy_association
                                                 where policy_id = :policy and region_id is null)
                            or (e.service_id, e.region_id) in (select service_id, region_id from place)
                         order by e.id
                        """).param("policy", policyId).query(String.class).list();
    }
}

package dev.unkai.identity.role;

import dev.unkai.base.data.Db;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The users of one domain with the roles that they themselves hold in it; what comes from groups, or from above, is not among them. */
@Component
final class UserRoleStore {
    private static final int MOST = 2_000;

    /** A project of the domain. */
    record OwnProject(String id, String name) {}

    /** @param project null: on the whole domain */
    record Held(String role, @Nullable OwnProject project) {}

    /**
     * @param provider name of the identity provider whose rules give him his roles (its issuer, when it was deleted), or null
     * @param madeBy who of the provider's people has made him, while he waits for a second one
     */
    record User(
            String id,
            String name,
            String description,
            @Nullable String email,
            boolean enabled,
            @Nullable String provider,
            boolean secondFactor,
            @Nullable String madeBy,
            List<Held> roles) {}

    /** The domain's id and name. */
    Optional<OwnProject> contract(Db db, String domainId) {
        return db.sql("select id, name from domain where id = ?")
                .param(domainId)
                .query((row, n) -> new OwnProject(row.getString("id"), row.getString("name")))
                .optional();
    }

    List<OwnProject> projects(Db db, String domainId) {
        return db.sql("select id, name from project where domain_id = ? order by name, id limit " + MOST)
                .param(domainId)
                .query((row, n) -> new OwnProject(row.getString("id"), row.getString("name")))
                .list();
    }

    /** By name, 2,000 at most. */
    List<User> users(Db db, String domainId) {
        Map<String, User> users = new LinkedHashMap<>();
        db.sql("""
                        select a.id, a.name, a.description, a.email, a.enabled, coalesce(i.name, f.issuer) as provider, r.name as role, p.id as project, p.name as project_name,
                               exists (select 1 from user_credential c where c.account_id = a.id and c.type = 'totp')
                                   or exists (select 1 from passkey k where k.account_id = a.id) as second_factor,
                               (select w.made_name from waiting_account w where w.account_id = a.id and not a.enabled) as made_by
                          from (select * from account where domain_id = :domain order by name limit :most) a
                          left join (federated_account f left join identity_provider i on i.domain_id = f.domain_id and i.issuer = f.issuer)
                            on f.account_id = a.id
                          left join (assignment s join role r on r.id = s.role_id and r.domain_id is null
                                     left join project p on p.id = s.project_id)
                            on s.account_id = a.id and not s.inherited and coalesce(p.domain_id, s.domain_id) = :domain
                         order by a.name, p.name nulls first, r.name
                        """).param("domain", domainId).param("most", MOST).query(row -> {
            User user = users.get(row.getString("id"));
            if (user == null) {
                user = new User(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("description"),
                        row.getString("email"),
                        row.getBoolean("enabled"),
                        row.getString("provider"),
                        row.getBoolean("second_factor"),
                        row.getString("made_by"),
                        new ArrayList<>());
                users.put(user.id(), user);
            }
            String role = row.getString("role");
            if (role != null) {
                String project = row.getString("project");
                user.roles()
                        .add(new Held(
                                role, project == null ? null : new OwnProject(project, row.getString("project_name"))));
            }
        });
        return List.copyOf(users.values());
    }
}

package dev.unkai.identity;

import java.util.List;
import java.util.Map;

/** The ids of a bootstrap customer and of one group, one application credential and one trust that its people made. */
record Customer(
        String name,
        String domain,
        String project,
        String master,
        String reader,
        String group,
        String credential,
        String trust,
        String masterToken,
        String readerToken) {
    static Customer of(RunningIdentity identity, String name) {
        String domain = identity.id("select id from domain where name = ?", name);
        String master = identity.id("select id from account where name = 'master' and domain_id = ?", domain);
        String reader = identity.id("select id from account where name = 'reader' and domain_id = ?", domain);
        String masterToken = identity.token(name, "master");
        String readerToken = identity.token(name, "reader");
        String suffix = Long.toString(System.nanoTime(), 36);
        String group = identity.send(
                        "POST",
                        "/identity/v3/groups",
                        masterToken,
                        Map.of("group", Map.of("name", name + "-group-" + suffix)))
                .body()
                .at("/group/id")
                .asString();
        String credentials = "/identity/v3/users/" + reader + "/application_credentials";
        removeFormer(identity, credentials, name + "-credential-", readerToken);
        String credential = identity.send(
                        "POST",
                        credentials,
                        readerToken,
                        Map.of("application_credential", Map.of("name", name + "-credential-" + suffix)))
                .body()
                .at("/application_credential/id")
                .asString();
        String project = identity.id("select id from project where name = ? and domain_id = ?", name, domain);
        String trust = identity.send(
                        "POST",
                        "/identity/v3/OS-TRUST/trusts",
                        readerToken,
                        Map.of(
                                "trust",
                                Map.of(
                                        "trustor_user_id",
                                        reader,
                                        "trustee_user_id",
                                        master,
                                        "project_id",
                                        project,
                                        "impersonation",
                                        false,
                                        "roles",
                                        List.of(Map.of("name", "reader")))))
                .body()
                .at("/trust/id")
                .asString();
        return new Customer(name, domain, project, master, reader, group, credential, trust, masterToken, readerToken);
    }

    /** Those of earlier tests: a user has a hundred at most. */
    private static void removeFormer(RunningIdentity identity, String credentials, String prefix, String token) {
        identity.get(credentials, token)
                .body()
                .get("application_credentials")
                .valueStream()
                .filter(one -> one.get("name").asString().startsWith(prefix))
                .forEach(
                        one -> identity.delete(credentials + "/" + one.get("id").asString(), token));
    }

    /** Everything by which others could recognise this customer. */
    List<String> marks() {
        return List.of(name, domain, project, master, reader, group, credential, trust);
    }
}

package dev.unkai.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every handler of identity: who may use it at all, and what a stranger would send it. */
final class EndpointCases {
    private static final String GIVEN =
            "/identity/v3/{scope:projects|domains}/{scopeId}/{kind:users|groups}/{actorId}/roles";
    private static final String ON_SYSTEM = "/identity/v3/system/{kind:users|groups}/{actorId}/roles";
    private static final String BELOW = "/identity/v3/OS-INHERIT/{scope:projects|domains}/{scopeId}/{kind:users|groups}"
            + "/{actorId}/roles/{role}/inherited_to_projects";
    private static final String CREDENTIALS = "/identity/v3/users/{user}/application_credentials";

    private static final String ACCOUNT = "/identity/service/v1/account";
    private static final String EXCEPTIONS = "/identity/service/v1/second-factor-exceptions";
    private static final String RULES = "/identity/v3/users/{user}/access_rules";
    private static final String KEYS = "/identity/v3/users/{user}/credentials/OS-EC2";

    private static final String SERVICE = "/identity/service/v1";
    private static final String VIEWING = "{'viewing':{'contract':'beta','reason':'r','minutes':5}}";
    private static final String PROVIDER = "{'identityProvider':{'contract':'{domain}','name':'intruder','issuer':"
            + "'https://intruder.test','clientId':'x','clientSecret':'y','rules':[{'value':'*','role':'manager'}]}}";
    private static final String CHOICES = "/identity/v3/OS-EP-FILTER";
    private static final String CONFIG = "/identity/v3/domains/{id}/config";
    private static final String CONSUMERS = "/identity/v3/OS-OAUTH1/consumers";
    private static final String POLICIES = "/identity/v3/policies";
    private static final String RULED = POLICIES + "/{policy}/OS-ENDPOINT-POLICY";
    private static final String ACCESS_TOKENS = "/identity/v3/users/{user}/OS-OAUTH1/access_tokens";
    private static final String TRUSTS = "/identity/v3/OS-TRUST/trusts";

    private EndpointCases() {}

    /** Who may use a handler at all. */
    enum Level {
        /** Anybody. */
        PUBLIC,
        /** Any token, and what is answered is about its bearer or about nobody. */
        OPEN,
        /** Any token, about its bearer's own things only. */
        OWN,
        READER,
        MANAGER,
        ADMIN
    }

    /** @param body for customers' things, may name {@code {placeholders}} like the address */
    record Case(
            String method,
            String pattern,
            Level level,
            @Nullable String body) {
        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("GET", "/health/live", Level.PUBLIC, null),
                new Case("GET", "/health/ready", Level.PUBLIC, null),
                new Case("GET", "/identity", Level.PUBLIC, null),
                new Case("GET", "/identity/", Level.PUBLIC, null),
                new Case("GET", "/identity/v3", Level.PUBLIC, null),
                new Case("GET", "/identity/v3/", Level.PUBLIC, null),
                new Case("GET", "/identity/internal/v1/keys", Level.PUBLIC, null),
                new Case("GET", "/identity/internal/v1/revocations", Level.PUBLIC, null),
                new Case("GET", "/identity/internal/v1/changes", Level.PUBLIC, null),
                new Case("GET", "/identity/internal/v1/source-rules", Level.PUBLIC, null),
                new Case("POST", "/identity/internal/v1/sightings", Level.PUBLIC, null),
                new Case("PUT", "/identity/internal/v1/contracts/{contract}", Level.PUBLIC, null),
                new Case("PUT", "/identity/internal/v1/contracts/{contract}/opening", Level.PUBLIC, null),
                new Case("POST", SERVICE + "/first-credentials", Level.PUBLIC, null),
                new Case("POST", SERVICE + "/first-credentials/reading", Level.PUBLIC, null),
                new Case("GET", SERVICE + "/source-rules", Level.MANAGER, null),
                new Case("PUT", SERVICE + "/source-rules", Level.MANAGER, null),
                new Case("PUT", SERVICE + "/source-rules/tunnels", Level.MANAGER, null),
                new Case("GET", SERVICE + "/application-credentials", Level.OWN, null),
                new Case(
                        "PUT",
                        SERVICE + "/application-credentials/{id}/sources",
                        Level.OWN,
                        "{'prefixes':['198.51.100.0/24']}"),
                new Case("GET", SERVICE + "/identity-mails", Level.ADMIN, null),
                new Case("GET", SERVICE + "/identity-mails/{mail}", Level.ADMIN, null),
                new Case("POST", SERVICE + "/identity-mails/{mail}/opening", Level.ADMIN, null),
                new Case("POST", SERVICE + "/identity-mails/{mail}/retry", Level.ADMIN, null),
                new Case("POST", SERVICE + "/session/proof/challenge", Level.OPEN, null),
                new Case("POST", SERVICE + "/session/proof", Level.OPEN, "{'proof':{'password':'beta-reader-secret'}}"),
                new Case("POST", SERVICE + "/account/address", Level.OPEN, null),
                new Case("POST", SERVICE + "/address-confirmations", Level.PUBLIC, null),
                new Case("POST", SERVICE + "/password-resets", Level.PUBLIC, null),
                new Case("POST", SERVICE + "/password-resets/use", Level.PUBLIC, null),
                new Case("POST", SERVICE + "/password-issues/open", Level.PUBLIC, null),
                new Case("POST", SERVICE + "/password-issues/{user}", Level.ADMIN, "{'issue':{}}"),
                new Case("GET", SERVICE + "/sessions", Level.OWN, null),
                new Case("DELETE", SERVICE + "/sessions", Level.OWN, null),
                new Case("DELETE", SERVICE + "/sessions/{session}", Level.OWN, null),
                new Case("POST", SERVICE + "/sessions/{session}/log-out", Level.OWN, null),
                new Case("POST", SERVICE + "/viewings", Level.ADMIN, VIEWING),
                new Case("DELETE", SERVICE + "/viewings/current", Level.OWN, null),
                // By certificate alone: see BackupTest.
                new Case("GET", "/identity/internal/v1/backups", Level.PUBLIC, null),
                new Case("PUT", "/identity/internal/v1/backups/holds", Level.PUBLIC, null),
                new Case("POST", "/identity/internal/v1/vpn-logins", Level.PUBLIC, null),
                new Case("POST", "/identity/internal/v1/vpn-tunnels", Level.PUBLIC, null),
                new Case("GET", SERVICE + "/portal-access", Level.READER, null),
                new Case("GET", SERVICE + "/portal-access/contracts", Level.ADMIN, null),
                new Case("PUT", SERVICE + "/portal-access", Level.ADMIN, "{'portalAccess':'ssl-vpn'}"),
                new Case("GET", SERVICE + "/vpn-sessions", Level.OWN, null),
                new Case("DELETE", SERVICE + "/vpn-sessions/{session}", Level.OWN, null),
                new Case("POST", SERVICE + "/sign-ins", Level.PUBLIC, null),
                new Case("PUT", SERVICE + "/sign-ins", Level.PUBLIC, null),
                new Case("PUT", SERVICE + "/sign-ins/second-factor", Level.PUBLIC, null),
                new Case("GET", SERVICE + "/identity-providers", Level.MANAGER, null),
                new Case("POST", SERVICE + "/identity-providers", Level.ADMIN, PROVIDER),
                new Case("GET", SERVICE + "/identity-providers/{provider}", Level.MANAGER, null),
                new Case("PUT", SERVICE + "/identity-providers/{provider}", Level.ADMIN, PROVIDER),
                new Case("DELETE", SERVICE + "/identity-providers/{provider}", Level.ADMIN, null),
                new Case("POST", SERVICE + "/identity-providers/{provider}/check", Level.ADMIN, null),
                new Case("POST", "/identity/v3/auth/tokens", Level.PUBLIC, null),
                new Case("GET", "/identity/v3/auth/tokens", Level.OWN, null),
                new Case("DELETE", "/identity/v3/auth/tokens", Level.OWN, null),
                new Case("GET", "/identity/v3/auth/catalog", Level.OPEN, null),
                new Case("GET", "/identity/v3/auth/projects", Level.OPEN, null),
                new Case("GET", "/identity/v3/auth/domains", Level.OPEN, null),
                new Case("GET", "/identity/v3/auth/system", Level.OPEN, null),
                new Case("GET", "/identity/v3/services", Level.OPEN, null),
                new Case("GET", "/identity/v3/services/{id}", Level.OPEN, null),
                new Case("GET", "/identity/v3/endpoints", Level.OPEN, null),
                new Case("GET", "/identity/v3/endpoints/{id}", Level.OPEN, null),
                new Case("GET", "/identity/v3/regions", Level.OPEN, null),
                new Case("GET", "/identity/v3/regions/{id}", Level.OPEN, null),
                new Case("POST", "/identity/v3/services", Level.ADMIN, "{'service':{'type':'intruder'}}"),
                new Case("PATCH", "/identity/v3/services/{id}", Level.ADMIN, "{'service':{'enabled':false}}"),
                new Case("DELETE", "/identity/v3/services/{id}", Level.ADMIN, null),
                new Case(
                        "POST",
                        "/identity/v3/endpoints",
                        Level.ADMIN,
                        "{'endpoint':{'service_id':'x','interface':'public','url':'https://intruder.test'}}"),
                new Case("PATCH", "/identity/v3/endpoints/{id}", Level.ADMIN, "{'endpoint':{'enabled':false}}"),
                new Case("DELETE", "/identity/v3/endpoints/{id}", Level.ADMIN, null),
                new Case("POST", "/identity/v3/regions", Level.ADMIN, "{'region':{'id':'intruder'}}"),
                new Case("PUT", "/identity/v3/regions/{id}", Level.ADMIN, "{'region':{}}"),
                new Case("PATCH", "/identity/v3/regions/{id}", Level.ADMIN, "{'region':{'description':'x'}}"),
                new Case("DELETE", "/identity/v3/regions/{id}", Level.ADMIN, null),
                new Case("GET", "/identity/v3/users", Level.MANAGER, null),
                new Case(
                        "POST",
                        "/identity/v3/users",
                        Level.MANAGER,
                        "{'user':{'name':'intruder','domain_id':'{domain}'}}"),
                new Case("GET", "/identity/v3/users/{id}", Level.OWN, null),
                new Case(
                        "PATCH",
                        "/identity/v3/users/{id}",
                        Level.MANAGER,
                        "{'user':{'password':'intruders-password','enabled':false}}"),
                new Case("DELETE", "/identity/v3/users/{id}", Level.MANAGER, null),
                new Case(
                        "POST",
                        "/identity/v3/users/{id}/password",
                        Level.OWN,
                        "{'user':{'original_password':'beta-reader-secret','password':'intruders-password'}}"),
                new Case("GET", "/identity/v3/users/{id}/projects", Level.OWN, null),
                new Case("GET", "/identity/v3/users/{id}/groups", Level.OWN, null),
                new Case("GET", CREDENTIALS, Level.OWN, null),
                new Case("POST", CREDENTIALS, Level.OWN, "{'application_credential':{'name':'intruder'}}"),
                new Case("GET", CREDENTIALS + "/{id}", Level.OWN, null),
                new Case("DELETE", CREDENTIALS + "/{id}", Level.OWN, null),
                new Case("GET", "/identity/v3/credentials", Level.OPEN, null),
                new Case(
                        "POST",
                        "/identity/v3/credentials",
                        Level.OWN,
                        "{'credential':{'user_id':'{user}','type':'cert','blob':'intruder'}}"),
                new Case("GET", "/identity/v3/credentials/{id}", Level.OWN, null),
                new Case("PATCH", "/identity/v3/credentials/{id}", Level.OWN, "{'credential':{'blob':'intruder'}}"),
                new Case("DELETE", "/identity/v3/credentials/{id}", Level.OWN, null),
                new Case(
                        "POST",
                        "/identity/v3/s3tokens",
                        Level.ADMIN,
                        "{'credentials':{'access':'a','token':'b','signature':'c'}}"),
                new Case(
                        "POST",
                        "/identity/v3/ec2tokens",
                        Level.ADMIN,
                        "{'credentials':{'access':'a','signature':'c','verb':'GET','host':'h','path':'/'}}"),
                new Case("GET", "/identity/v3/registered_limits", Level.OPEN, null),
                new Case(
                        "POST",
                        "/identity/v3/registered_limits",
                        Level.ADMIN,
                        "{'registered_limits':[{'service_id':'x','resource_name':'disks','default_limit':1}]}"),
                new Case("GET", "/identity/v3/registered_limits/{limit}", Level.OPEN, null),
                new Case(
                        "PATCH",
                        "/identity/v3/registered_limits/{limit}",
                        Level.ADMIN,
                        "{'registered_limit':{'default_limit':1}}"),
                new Case("DELETE", "/identity/v3/registered_limits/{limit}", Level.ADMIN, null),
                new Case("GET", "/identity/v3/limits/model", Level.OPEN, null),
                new Case("GET", "/identity/v3/limits", Level.OPEN, null),
                new Case(
                        "POST",
                        "/identity/v3/limits",
                        Level.ADMIN,
                        "{'limits':[{'project_id':'{project}','service_id':'x','resource_name':'y','resource_limit':1}]}"),
                new Case("GET", "/identity/v3/limits/{limit}", Level.OWN, null),
                new Case("PATCH", "/identity/v3/limits/{limit}", Level.ADMIN, "{'limit':{'resource_limit':1}}"),
                new Case("DELETE", "/identity/v3/limits/{limit}", Level.ADMIN, null),
                new Case("GET", ACCOUNT, Level.OPEN, null),
                new Case(
                        "POST",
                        ACCOUNT + "/password",
                        Level.OPEN,
                        "{'password':{'present':'beta-reader-secret','fresh':'words of an intruder'}}"),
                new Case("GET", ACCOUNT + "/second-factor", Level.OPEN, null),
                new Case("POST", ACCOUNT + "/second-factor", Level.OPEN, "{'proof':{'password':'beta-reader-secret'}}"),
                new Case("PUT", ACCOUNT + "/second-factor", Level.OPEN, "{'proof':{'code':'123456'}}"),
                new Case(
                        "POST",
                        ACCOUNT + "/second-factor/recovery-codes",
                        Level.OPEN,
                        "{'proof':{'password':'beta-reader-secret','code':'123456'}}"),
                new Case(
                        "POST",
                        ACCOUNT + "/second-factor/removal",
                        Level.OPEN,
                        "{'proof':{'password':'beta-reader-secret','code':'123456'}}"),
                new Case("POST", ACCOUNT + "/passkeys", Level.OPEN, "{'proof':{'password':'beta-reader-secret'}}"),
                new Case(
                        "PUT",
                        ACCOUNT + "/passkeys",
                        Level.OPEN,
                        "{'passkey':{'name':'intruder','credential':{'id':'x','response':{'clientDataJSON':'x',"
                                + "'attestationObject':'x'}}}}"),
                new Case(
                        "POST",
                        ACCOUNT + "/passkeys/challenge",
                        Level.OPEN,
                        "{'proof':{'password':'beta-reader-secret'}}"),
                new Case("PUT", ACCOUNT + "/passkeys/{id}", Level.OPEN, "{'passkey':{'name':'intruder'}}"),
                new Case(
                        "POST",
                        ACCOUNT + "/passkeys/{id}/removal",
                        Level.OPEN,
                        "{'proof':{'password':'beta-reader-secret','code':'123456'}}"),
                new Case("DELETE", SERVICE + "/users/{user}/second-factor", Level.MANAGER, null),
                new Case("GET", SERVICE + "/users/{user}/holdings", Level.MANAGER, null),
                new Case(
                        "POST",
                        SERVICE + "/users",
                        Level.MANAGER,
                        "{'user':{'name':'intruder','email':'intruder@x.example','language':'en','role':'viewer','project':'{project}'}}"),
                new Case("PATCH", SERVICE + "/users/{user}", Level.MANAGER, "{'user':{'enabled':false}}"),
                new Case("DELETE", SERVICE + "/users/{user}", Level.MANAGER, null),
                new Case("POST", SERVICE + "/users/{user}/password-link", Level.MANAGER, null),
                new Case("POST", "/identity/internal/v1/accounts/absent", Level.PUBLIC, null),
                new Case("GET", SERVICE + "/users", Level.MANAGER, null),
                new Case("PUT", SERVICE + "/users/{user}/roles/{role}", Level.MANAGER, null),
                new Case("DELETE", SERVICE + "/users/{user}/roles/{role}", Level.MANAGER, null),
                new Case("GET", EXCEPTIONS, Level.ADMIN, null),
                new Case("PUT", EXCEPTIONS + "/{user}", Level.ADMIN, "{'exception':{'reason':'intruder'}}"),
                new Case("DELETE", EXCEPTIONS + "/{user}", Level.ADMIN, null),
                new Case("GET", RULES, Level.OWN, null),
                new Case("GET", RULES + "/{id}", Level.OWN, null),
                new Case("DELETE", RULES + "/{id}", Level.OWN, null),
                new Case("GET", KEYS, Level.OWN, null),
                new Case("POST", KEYS, Level.OWN, "{'tenant_id':'{project}'}"),
                new Case("GET", KEYS + "/{access}", Level.OWN, null),
                new Case("DELETE", KEYS + "/{access}", Level.OWN, null),
                new Case("GET", CHOICES + "/endpoint_groups", Level.ADMIN, null),
                new Case(
                        "POST",
                        CHOICES + "/endpoint_groups",
                        Level.ADMIN,
                        "{'endpoint_group':{'name':'x','filters':{'interface':'public'}}}"),
                new Case("GET", CHOICES + "/endpoint_groups/{group}", Level.ADMIN, null),
                new Case("PATCH", CHOICES + "/endpoint_groups/{group}", Level.ADMIN, "{'endpoint_group':{'name':'x'}}"),
                new Case("DELETE", CHOICES + "/endpoint_groups/{group}", Level.ADMIN, null),
                new Case("GET", CHOICES + "/endpoint_groups/{group}/projects", Level.ADMIN, null),
                new Case("GET", CHOICES + "/endpoint_groups/{group}/endpoints", Level.ADMIN, null),
                new Case("GET", CHOICES + "/endpoint_groups/{group}/projects/{project}", Level.ADMIN, null),
                new Case("PUT", CHOICES + "/endpoint_groups/{group}/projects/{project}", Level.ADMIN, null),
                new Case("DELETE", CHOICES + "/endpoint_groups/{group}/projects/{project}", Level.ADMIN, null),
                new Case("GET", CHOICES + "/endpoints/{endpoint}/projects", Level.ADMIN, null),
                new Case("GET", CHOICES + "/projects/{project}/endpoints", Level.ADMIN, null),
                new Case("GET", CHOICES + "/projects/{project}/endpoint_groups", Level.ADMIN, null),
                new Case("GET", CHOICES + "/projects/{project}/endpoints/{endpoint}", Level.ADMIN, null),
                new Case("PUT", CHOICES + "/projects/{project}/endpoints/{endpoint}", Level.ADMIN, null),
                new Case("DELETE", CHOICES + "/projects/{project}/endpoints/{endpoint}", Level.ADMIN, null),
                new Case("GET", TRUSTS, Level.OWN, null),
                new Case(
                        "POST",
                        TRUSTS,
                        Level.OWN,
                        "{'trust':{'trustor_user_id':'{user}','trustee_user_id':'{user}','project_id':'{project}',"
                                + "'impersonation':true,'roles':[{'name':'reader'}]}}"),
                new Case("GET", TRUSTS + "/{trust}", Level.OWN, null),
                new Case("DELETE", TRUSTS + "/{trust}", Level.OWN, null),
                new Case("GET", TRUSTS + "/{trust}/roles", Level.OWN, null),
                new Case("GET", TRUSTS + "/{trust}/roles/{role}", Level.OWN, null),
                new Case("GET", "/identity/v3/projects", Level.MANAGER, null),
                new Case(
                        "POST",
                        "/identity/v3/projects",
                        Level.MANAGER,
                        "{'project':{'name':'intruder','domain_id':'{domain}'}}"),
                new Case("GET", "/identity/v3/projects/{id}", Level.READER, null),
                new Case("GET", "/identity/v3/projects/{id}/tags", Level.READER, null),
                new Case("PUT", "/identity/v3/projects/{id}/tags", Level.MANAGER, "{'tags':['taken']}"),
                new Case("DELETE", "/identity/v3/projects/{id}/tags", Level.MANAGER, null),
                new Case("GET", "/identity/v3/projects/{id}/tags/{tag}", Level.READER, null),
                new Case("PUT", "/identity/v3/projects/{id}/tags/{tag}", Level.MANAGER, null),
                new Case("DELETE", "/identity/v3/projects/{id}/tags/{tag}", Level.MANAGER, null),
                new Case("PATCH", "/identity/v3/projects/{id}", Level.MANAGER, "{'project':{'enabled':false}}"),
                new Case("DELETE", "/identity/v3/projects/{id}", Level.MANAGER, null),
                new Case("GET", "/identity/v3/domains", Level.MANAGER, null),
                new Case("POST", "/identity/v3/domains", Level.ADMIN, "{'domain':{'name':'intruder'}}"),
                new Case("GET", "/identity/v3/domains/{id}", Level.OWN, null),
                new Case("PATCH", "/identity/v3/domains/{id}", Level.ADMIN, "{'domain':{'enabled':false}}"),
                new Case("DELETE", "/identity/v3/domains/{id}", Level.ADMIN, null),
                new Case("GET", CONFIG, Level.ADMIN, null),
                new Case("PUT", CONFIG, Level.ADMIN, "{'config':{'identity':{'driver':'ldap'}}}"),
                new Case("PATCH", CONFIG, Level.ADMIN, "{'config':{'identity':{'driver':'ldap'}}}"),
                new Case("DELETE", CONFIG, Level.ADMIN, null),
                new Case("GET", CONFIG + "/{group}", Level.ADMIN, null),
                new Case("PATCH", CONFIG + "/{group}", Level.ADMIN, "{'config':{'identity':{'driver':'ldap'}}}"),
                new Case("DELETE", CONFIG + "/{group}", Level.ADMIN, null),
                new Case("GET", CONFIG + "/{group}/{option}", Level.ADMIN, null),
                new Case("PATCH", CONFIG + "/{group}/{option}", Level.ADMIN, "{'config':{'driver':'ldap'}}"),
                new Case("DELETE", CONFIG + "/{group}/{option}", Level.ADMIN, null),
                new Case("GET", CONFIG + "/security_compliance", Level.OPEN, null),
                new Case("GET", CONFIG + "/security_compliance/{option}", Level.OPEN, null),
                new Case("GET", "/identity/v3/domains/config/default", Level.ADMIN, null),
                new Case("GET", "/identity/v3/domains/config/{group}/default", Level.ADMIN, null),
                new Case("GET", "/identity/v3/domains/config/{group}/{option}/default", Level.ADMIN, null),
                new Case("GET", POLICIES, Level.ADMIN, null),
                new Case("POST", POLICIES, Level.ADMIN, "{'policy':{'type':'text/plain','blob':'intruder'}}"),
                new Case("GET", POLICIES + "/{policy}", Level.ADMIN, null),
                new Case("PATCH", POLICIES + "/{policy}", Level.ADMIN, "{'policy':{'blob':'intruder'}}"),
                new Case("DELETE", POLICIES + "/{policy}", Level.ADMIN, null),
                new Case("GET", "/identity/v3/endpoints/{endpoint}/OS-ENDPOINT-POLICY/policy", Level.ADMIN, null),
                new Case("GET", RULED + "/endpoints", Level.ADMIN, null),
                new Case("GET", RULED + "/endpoints/{endpoint}", Level.ADMIN, null),
                new Case("PUT", RULED + "/endpoints/{endpoint}", Level.ADMIN, null),
                new Case("DELETE", RULED + "/endpoints/{endpoint}", Level.ADMIN, null),
                new Case("GET", RULED + "/services/{service}", Level.ADMIN, null),
                new Case("PUT", RULED + "/services/{service}", Level.ADMIN, null),
                new Case("DELETE", RULED + "/services/{service}", Level.ADMIN, null),
                new Case("GET", RULED + "/services/{service}/regions/{region}", Level.ADMIN, null),
                new Case("PUT", RULED + "/services/{service}/regions/{region}", Level.ADMIN, null),
                new Case("DELETE", RULED + "/services/{service}/regions/{region}", Level.ADMIN, null),
                new Case("GET", CONSUMERS, Level.ADMIN, null),
                new Case("POST", CONSUMERS, Level.ADMIN, "{'consumer':{'description':'intruder'}}"),
                new Case("GET", CONSUMERS + "/{consumer}", Level.ADMIN, null),
                new Case("PATCH", CONSUMERS + "/{consumer}", Level.ADMIN, "{'consumer':{'description':'intruder'}}"),
                new Case("DELETE", CONSUMERS + "/{consumer}", Level.ADMIN, null),
                new Case("POST", "/identity/v3/OS-OAUTH1/request_token", Level.PUBLIC, null),
                new Case("POST", "/identity/v3/OS-OAUTH1/access_token", Level.PUBLIC, null),
                new Case(
                        "PUT",
                        "/identity/v3/OS-OAUTH1/authorize/{request}",
                        Level.OWN,
                        "{'roles':[{'name':'reader'}]}"),
                new Case("GET", ACCESS_TOKENS, Level.OWN, null),
                new Case("GET", ACCESS_TOKENS + "/{id}", Level.OWN, null),
                new Case("DELETE", ACCESS_TOKENS + "/{id}", Level.OWN, null),
                new Case("GET", ACCESS_TOKENS + "/{id}/roles", Level.OWN, null),
                new Case("GET", ACCESS_TOKENS + "/{id}/roles/{role}", Level.OWN, null),
                new Case("GET", "/identity/v3/groups", Level.MANAGER, null),
                new Case(
                        "POST",
                        "/identity/v3/groups",
                        Level.MANAGER,
                        "{'group':{'name':'intruder','domain_id':'{domain}'}}"),
                new Case("GET", "/identity/v3/groups/{id}", Level.MANAGER, null),
                new Case("PATCH", "/identity/v3/groups/{id}", Level.MANAGER, "{'group':{'name':'taken'}}"),
                new Case("DELETE", "/identity/v3/groups/{id}", Level.MANAGER, null),
                new Case("GET", "/identity/v3/groups/{id}/users", Level.MANAGER, null),
                new Case("GET", "/identity/v3/groups/{id}/users/{user}", Level.MANAGER, null),
                new Case("PUT", "/identity/v3/groups/{id}/users/{user}", Level.MANAGER, null),
                new Case("DELETE", "/identity/v3/groups/{id}/users/{user}", Level.MANAGER, null),
                new Case("GET", "/identity/v3/roles", Level.MANAGER, null),
                new Case("POST", "/identity/v3/roles", Level.ADMIN, "{'role':{'name':'intruder'}}"),
                new Case("GET", "/identity/v3/roles/{id}", Level.MANAGER, null),
                new Case("PATCH", "/identity/v3/roles/{id}", Level.ADMIN, "{'role':{'description':'x'}}"),
                new Case("DELETE", "/identity/v3/roles/{id}", Level.ADMIN, null),
                new Case("GET", "/identity/v3/role_inferences", Level.MANAGER, null),
                new Case("GET", "/identity/v3/roles/{id}/implies", Level.MANAGER, null),
                new Case("GET", "/identity/v3/roles/{id}/implies/{implied}", Level.MANAGER, null),
                new Case("HEAD", "/identity/v3/roles/{id}/implies/{implied}", Level.MANAGER, null),
                new Case("PUT", "/identity/v3/roles/{id}/implies/{implied}", Level.ADMIN, null),
                new Case("DELETE", "/identity/v3/roles/{id}/implies/{implied}", Level.ADMIN, null),
                new Case("GET", "/identity/v3/role_assignments", Level.MANAGER, null),
                new Case("GET", GIVEN, Level.MANAGER, null),
                new Case("GET", GIVEN + "/{role}", Level.MANAGER, null),
                new Case("PUT", GIVEN + "/{role}", Level.MANAGER, null),
                new Case("DELETE", GIVEN + "/{role}", Level.MANAGER, null),
                new Case(
                        "GET",
                        "/identity/v3/OS-INHERIT/domains/{scopeId}/{kind:users|groups}/{actorId}/roles"
                                + "/inherited_to_projects",
                        Level.MANAGER,
                        null),
                new Case("GET", BELOW, Level.MANAGER, null),
                new Case("PUT", BELOW, Level.MANAGER, null),
                new Case("DELETE", BELOW, Level.MANAGER, null),
                new Case("GET", ON_SYSTEM, Level.ADMIN, null),
                new Case("GET", ON_SYSTEM + "/{role}", Level.ADMIN, null),
                new Case("PUT", ON_SYSTEM + "/{role}", Level.ADMIN, null),
                new Case("DELETE", ON_SYSTEM + "/{role}", Level.ADMIN, null));
    }
}

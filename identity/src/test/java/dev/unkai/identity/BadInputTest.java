package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that are wrong in every field in turn: a sentence that helps, and nothing changed. */
class BadInputTest {
    private static final RunningIdentity identity = RunningIdentity.shared();
    /** Half a surrogate pair reaches the other end only as an escape. */
    private static final JsonMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final String LONG = "x".repeat(70_000);
    /** Resources that keep what their clients put beside the known fields. */
    private static final Set<String> KEEPING = Set.of(
            "/user", "/project", "/domain", "/group", "/role", "/region", "/service", "/endpoint", "/credential");

    private static Customer alpha;
    private static String operator;

    /** A request that would succeed, or at least be understood; its body with single quotes. */
    record Good(String method, String path, boolean publicly, String body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Good> requests() {
        return List.of(
                new Good(
                        "POST",
                        "/identity/service/v1/identity-providers",
                        false,
                        "{'identityProvider':{'contract':'nowhere','name':'x','issuer':'https://login.test','clientId':'x',"
                                + "'clientSecret':'y','scopes':'openid','nameClaim':'name','mappingClaim':'groups',"
                                + "'rules':[{'value':'a','role':'reader'}],'secondFactor':['mfa'],'enabled':true}}"),
                new Good(
                        "POST",
                        "/identity/v3/auth/tokens",
                        true,
                        "{'auth':{'identity':{'methods':['password'],'password':{'user':{'name':'nobody',"
                                + "'domain':{'name':'nowhere'},'password':'wrong'}}},"
                                + "'scope':{'project':{'name':'alpha','domain':{'name':'alpha'}}}}}"),
                new Good(
                        "POST",
                        "/identity/v3/auth/tokens",
                        true,
                        "{'auth':{'identity':{'methods':['password','totp'],'password':{'user':{'id':'nobody',"
                                + "'password':'wrong'}},'totp':{'user':{'id':'nobody','passcode':'123456'}}}}}"),
                new Good(
                        "POST",
                        "/identity/service/v1/account/password",
                        false,
                        "{'password':{'present':'wrong','fresh':'seven unlikely gnomes'}}"),
                new Good(
                        "POST",
                        "/identity/service/v1/users",
                        false,
                        "{'user':{'name':'tried-out','person':'x','email':'x@tried.example','language':'ja','role':'viewer',"
                                + "'project':'unknown'}}"),
                new Good("PATCH", "/identity/service/v1/users/{operator}", false, "{'user':{'enabled':true}}"),
                new Good("POST", "/identity/service/v1/account/second-factor", false, "{'proof':{'password':'wrong'}}"),
                new Good("PUT", "/identity/service/v1/account/second-factor", false, "{'proof':{'code':'123456'}}"),
                new Good(
                        "POST",
                        "/identity/service/v1/account/second-factor/removal",
                        false,
                        "{'proof':{'password':'wrong','code':'123456'}}"),
                new Good(
                        "POST",
                        "/identity/v3/auth/tokens",
                        true,
                        "{'auth':{'identity':{'methods':['password','passkey'],'password':{'user':{'id':'nobody',"
                                + "'password':'wrong'}},'passkey':{'credential':{'id':'AA','response':{'clientDataJSON':'AA',"
                                + "'authenticatorData':'AA','signature':'AA'}}}}}}"),
                new Good(
                        "PUT",
                        "/identity/service/v1/account/passkeys",
                        false,
                        "{'passkey':{'name':'tried out','credential':{'id':'AA','response':{'clientDataJSON':'AA',"
                                + "'attestationObject':'AA','transports':['usb']}}}}"),
                new Good(
                        "POST",
                        "/identity/service/v1/account/passkeys/unknown/removal",
                        false,
                        "{'proof':{'password':'wrong','passkey':{'id':'AA','response':{'clientDataJSON':'AA',"
                                + "'authenticatorData':'AA','signature':'AA'}}}}"),
                new Good(
                        "PUT",
                        "/identity/service/v1/second-factor-exceptions/unknown",
                        false,
                        "{'exception':{'reason':'tried out'}}"),
                new Good(
                        "PATCH",
                        "/identity/v3/users/{user}",
                        false,
                        "{'user':{'id':'other','options':{'multi_factor_auth_enabled':true,"
                                + "'multi_factor_auth_rules':[['password','totp']],'lock_password':false}}}"),
                new Good(
                        "POST",
                        "/identity/v3/auth/tokens",
                        true,
                        "{'auth':{'identity':{'methods':['application_credential'],"
                                + "'application_credential':{'id':'unknown','secret':'wrong'}}}}"),
                new Good(
                        "POST",
                        "/identity/v3/auth/tokens",
                        true,
                        "{'auth':{'identity':{'methods':['token'],'token':{'id':'wrong'}}}}"),
                new Good(
                        "POST",
                        "/identity/v3/users",
                        false,
                        "{'user':{'name':'n','domain_id':'unknown','enabled':true,'description':'d','email':'e',"
                                + "'default_project_id':'unknown','password':'a-good-password'}}"),
                new Good(
                        "PATCH",
                        "/identity/v3/users/{user}",
                        false,
                        "{'user':{'id':'other','name':'n','domain_id':'d','enabled':true,'description':'d','email':'e',"
                                + "'default_project_id':'p','password':'a-good-password'}}"),
                new Good(
                        "POST",
                        "/identity/v3/users/{operator}/password",
                        false,
                        "{'user':{'original_password':'wrong','password':'a-good-password'}}"),
                new Good(
                        "POST",
                        "/identity/v3/projects",
                        false,
                        "{'project':{'name':'n','domain_id':'unknown','parent_id':'unknown','description':'d',"
                                + "'enabled':true,'is_domain':true,'tags':['t'],'plan':'p'}}"),
                new Good(
                        "PATCH",
                        "/identity/v3/projects/{project}",
                        false,
                        "{'project':{'id':'other','name':'n','description':'d','enabled':true,'tags':['t'],'plan':'p'}}"),
                new Good(
                        "POST",
                        "/identity/v3/domains",
                        false,
                        "{'domain':{'name':'alpha','description':'d','enabled':true}}"),
                new Good(
                        "PATCH",
                        "/identity/v3/domains/{domain}",
                        false,
                        "{'domain':{'id':'other','name':'n','description':'d','enabled':true}}"),
                new Good(
                        "POST",
                        "/identity/v3/groups",
                        false,
                        "{'group':{'name':'n','domain_id':'unknown','description':'d'}}"),
                new Good(
                        "PATCH",
                        "/identity/v3/groups/{group}",
                        false,
                        "{'group':{'id':'other','name':'n','description':'d'}}"),
                new Good(
                        "POST",
                        "/identity/v3/credentials",
                        false,
                        "{'credential':{'user_id':'unknown','project_id':'unknown','type':'cert','blob':'b'}}"),
                new Good(
                        "POST",
                        "/identity/v3/OS-TRUST/trusts",
                        false,
                        "{'trust':{'trustor_user_id':'{operator}','trustee_user_id':'unknown','project_id':'unknown',"
                                + "'impersonation':true,'expires_at':'2001-01-01T00:00:00','remaining_uses':1,"
                                + "'allow_redelegation':true,'redelegation_count':9,'roles':[{'name':'admin'}]}}"),
                new Good(
                        "POST",
                        "/identity/v3/auth/tokens",
                        true,
                        "{'auth':{'identity':{'methods':['password'],'password':{'user':{'name':'nobody',"
                                + "'domain':{'name':'nowhere'},'password':'wrong'}}},"
                                + "'scope':{'OS-TRUST:trust':{'id':'unknown'}}}}"),
                new Good(
                        "POST",
                        "/identity/v3/s3tokens",
                        false,
                        "{'credentials':{'access':'unknown','token':'c2lnbmVk','signature':'s'}}"),
                new Good("PUT", "/identity/v3/projects/{project}/tags", false, "{'tags':['a/b']}"),
                new Good(
                        "POST",
                        "/identity/v3/regions",
                        false,
                        "{'region':{'id':'r','description':'d','parent_region_id':'unknown'}}"),
                new Good(
                        "PATCH",
                        "/identity/v3/services/unknown",
                        false,
                        "{'service':{'id':'other','type':'t','name':'n','description':'d','enabled':true}}"),
                new Good(
                        "POST",
                        "/identity/v3/endpoints",
                        false,
                        "{'endpoint':{'service_id':'unknown','region_id':'r','interface':'public',"
                                + "'url':'https://service.test','enabled':true}}"),
                new Good(
                        "PATCH",
                        "/identity/v3/OS-EP-FILTER/endpoint_groups/unknown",
                        false,
                        "{'endpoint_group':{'id':'other','name':'n','description':'d','filters':{'interface':'public'}}}"),
                new Good("POST", "/identity/v3/roles", false, "{'role':{'name':'admin','description':'d'}}"),
                new Good(
                        "PATCH",
                        "/identity/v3/roles/{role}",
                        false,
                        "{'role':{'id':'other','name':'n','description':'d'}}"),
                new Good(
                        "POST",
                        "/identity/v3/users/{operator}/application_credentials",
                        false,
                        "{'application_credential':{'name':'n','description':'d','secret':'a-long-secret-text',"
                                + "'expires_at':'2001-01-01T00:00:00','unrestricted':false,"
                                + "'roles':[{'id':'unknown'}],'access_rules':[{'service':'compute','method':'GET','path':'/v2.1/**'}]}}"));
    }

    @BeforeAll
    static void meet() {
        alpha = Customer.of(identity, "alpha");
        operator = identity.token("Default", "operator");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyFieldRefusesWhatItCannotBe(Good request) {
        String state = identity.state();
        JsonNode good = RunningIdentity.JSON.readTree(request.body().replace('\'', '"'));
        assertThat(send(request, good.toString().getBytes(StandardCharsets.UTF_8))
                        .status())
                .as("the unchanged body is refused for its content")
                .isBetween(400, 499);
        for (JsonNode bad : spoiled(good)) {
            refused(request, ESCAPING.writeValueAsBytes(bad), bad.toString());
        }
        assertThat(identity.state()).isEqualTo(state);
        identity.sql().sql("delete from login_failure").update();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void wholeBodiesThatAreNoRequestAreRefused(Good request) {
        String state = identity.state();
        for (String bad : List.of(
                "",
                " ",
                "not json",
                "[]",
                "null",
                "42",
                "\"text\"",
                "{}",
                "{\"a\":1}",
                "{\"user\":1,\"user\":2}",
                "[".repeat(50_000),
                "{\"user\":".repeat(10_000),
                request.body().replace('\'', '"') + "{}",
                "1".repeat(5_000))) {
            refused(request, bad.getBytes(StandardCharsets.UTF_8), bad);
        }
        byte[] latin = request.body()
                .replace('\'', '"')
                .replace(":{", ":{\"\u00e4\":1,")
                .getBytes(StandardCharsets.ISO_8859_1);
        refused(request, latin, "not UTF-8");
        refused(request, new byte[] {(byte) 0xff, (byte) 0xfe, 0, '{'}, "a wrong byte order mark");
        refused(request, ("{\"user\":\"" + "y".repeat(3 << 20) + "\"}").getBytes(StandardCharsets.UTF_8), "3 MiB");
        assertThat(identity.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "group", "project", "domain", "role", "region", "service", "endpoint", "policy"})
    void aChangeOfNothingIsRefusedBeforeItsThingIsLookedFor(String kind) {
        String path = "/identity/v3/" + (kind.equals("policy") ? "policies" : kind + "s") + "/nothing";

        var answer = identity.send("PATCH", path, identity.token("Default", "operator"), "{\"" + kind + "\":{}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asString()).contains("\"" + kind + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/identity/v3/users?limit=-1",
                "/identity/v3/users?limit=many",
                "/identity/v3/users?limit=99999999999999999999",
                "/identity/v3/users?enabled=perhaps",
                "/identity/v3/users?name=%00",
                "/identity/v3/projects?domain_id=a%00b",
                "/identity/v3/users/%00",
                "/identity/v3/users/..%2f..%2fetc",
                "/identity/v3/nothing/here",
                "/identity/internal/v1/revocations?since=many"
            })
    void addressesThatMakeNoSenseAreRefused(String path) {
        Answer answer = identity.get(path, operator);

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.raw().body()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void queryTextsMayBeOfAnyScriptAndLength() {
        assertThat(identity.get("/identity/v3/users?name=%E9%9B%B2%E6%B5%B7&marker=zzz", operator)
                        .status())
                .isEqualTo(200);
        assertThat(identity.get("/identity/v3/users?name=" + "x".repeat(2_000), operator)
                        .status())
                .isEqualTo(400);
        assertThat(identity.get("/identity/v3/users?name=%FF%FE", operator).status())
                .isIn(200, 400);
    }

    @Test
    void aBodyOfAnotherTypeOrMethodIsRefused() {
        Answer form = identity.send(
                identity.anybody(),
                "POST",
                "/identity/v3/users",
                operator,
                null,
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(form.status()).isIn(400, 415);
        assertThat(identity.send("PUT", "/identity/v3/users", operator, "{}").status())
                .isEqualTo(405);
    }

    /** Java's client says no type unless it is told one. */
    @Test
    void aBodyThatSaysNoTypeIsReadAsJson() throws Exception {
        HttpResponse<String> answer = identity.anybody()
                .send(
                        HttpRequest.newBuilder(identity.address.resolve("/identity/v3/auth/tokens"))
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        RunningIdentity.JSON.writeValueAsString(RunningIdentity.login(
                                                "alpha", "reader", RunningIdentity.password("alpha", "reader"), null))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void aHundredMegabytesAreRefusedWithoutBeingKept() {
        byte[] huge = new byte[100 << 20];
        java.util.Arrays.fill(huge, (byte) 'x');

        Answer answer = identity.send("POST", "/identity/v3/auth/tokens", null, huge);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().at("/error/message").asString()).isNotBlank();
    }

    private static void refused(Good request, byte[] body, String shown) {
        Answer answer = send(request, body);
        String about = request + " " + (shown.length() > 300 ? shown.substring(0, 300) : shown) + " → "
                + answer.raw().body();
        assertThat(answer.status()).as(about).isBetween(400, 499);
        assertThat(answer.body().at("/error/message").asString()).as(about).isNotBlank();
        assertThat(answer.raw().body()).as(about).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private static Answer send(Good request, byte[] body) {
        String path = request.path()
                .replace("{user}", alpha.reader())
                .replace("{operator}", identity.id("select id from account where name = 'operator'"))
                .replace("{project}", alpha.project())
                .replace("{domain}", alpha.domain())
                .replace("{group}", alpha.group())
                .replace("{role}", identity.id("select id from role where name = 'member' and domain_id is null"));
        // An id in a body too, where the body is still text.
        byte[] filled = new String(body, StandardCharsets.ISO_8859_1)
                .replace("{operator}", identity.id("select id from account where name = 'operator'"))
                .getBytes(StandardCharsets.ISO_8859_1);
        return identity.send(request.method(), path, request.publicly() ? null : operator, filled);
    }

    /** The document with each value in turn replaced by each thing that it must not be. */
    private static List<JsonNode> spoiled(JsonNode good) {
        List<JsonNode> all = new ArrayList<>();
        for (String pointer : pointers(good, "").toList()) {
            JsonNode value = good.at(pointer);
            for (String bad : List.of(
                    "-1",
                    "1.5",
                    "12345678901234567890",
                    "{}",
                    "[[]]",
                    "{\"a\":{\"b\":[]}}",
                    "\"" + LONG + "\"",
                    "\"nul\\u0000\"",
                    "\"\\ud800\"",
                    "true",
                    "\"\"")) {
                boolean fits = (value.isBoolean() && bad.equals("true"))
                        || (value.isObject() && bad.equals("{}"))
                        || (KEEPING.contains(pointer) && bad.startsWith("{\"a\""))
                        || (bad.equals("\"\"") && !value.isBoolean() && !value.isContainer());
                if (!fits) {
                    all.add(replaced(good, pointer, RunningIdentity.JSON.readTree(bad)));
                }
            }
        }
        return all;
    }

    private static Stream<String> pointers(JsonNode node, String path) {
        Stream<String> own = path.isEmpty() ? Stream.of() : Stream.of(path);
        if (node instanceof ObjectNode object) {
            return Stream.concat(
                    own,
                    object.propertyStream().flatMap(field -> pointers(field.getValue(), path + "/" + field.getKey())));
        }
        if (node instanceof ArrayNode array && !array.isEmpty()) {
            return Stream.concat(own, pointers(array.get(0), path + "/0"));
        }
        return own;
    }

    private static JsonNode replaced(JsonNode good, String pointer, JsonNode bad) {
        JsonNode copy = good.deepCopy();
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = copy.at(pointer.substring(0, slash));
        if (parent instanceof ObjectNode object) {
            object.set(pointer.substring(slash + 1), bad);
        } else {
            ((ArrayNode) parent).set(0, bad);
        }
        return copy;
    }
}

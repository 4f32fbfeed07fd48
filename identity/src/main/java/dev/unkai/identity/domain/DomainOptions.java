package dev.unkai.identity.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.Refusal.Kind;
import dev.unkai.identity.account.PasswordRule;
import dev.unkai.identity.api.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which options a domain's configuration may have, by family, with their values where nobody said anything: those of the
 * Identity v3 API reference, "Domain configuration". Accounts are always kept in our own database, whatever they say.
 */
final class DomainOptions {
    /** The family of the options that we answer ourselves and nobody sets. */
    static final String SECURITY = "security_compliance";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> SECRETS = Map.of("ldap", "password");
    private static final JsonNode DEFAULTS = JSON.readTree("""
            {"identity": {"driver": "sql", "list_limit": null},
             "ldap": {
              "url": "ldap://localhost", "user": null, "suffix": "cn=example,cn=com", "query_scope": "one",
              "page_size": 0, "alias_dereferencing": "default", "debug_level": null, "chase_referrals": null,
              "user_tree_dn": null, "user_filter": null, "user_objectclass": "inetOrgPerson",
              "user_id_attribute": "cn", "user_name_attribute": "sn", "user_mail_attribute": "mail",
              "user_description_attribute": "description", "user_pass_attribute": "userPassword",
              "user_enabled_attribute": "enabled", "user_enabled_invert": false, "user_enabled_mask": 0,
              "user_enabled_default": "True", "user_attribute_ignore": ["default_project_id"],
              "user_default_project_id_attribute": null, "user_enabled_emulation": false,
              "user_enabled_emulation_dn": null, "user_enabled_emulation_use_group_config": false,
              "user_additional_attribute_mapping": [], "group_tree_dn": null, "group_filter": null,
              "group_objectclass": "groupOfNames", "group_id_attribute": "cn", "group_name_attribute": "ou",
              "group_members_are_ids": false, "group_member_attribute": "member", "group_desc_attribute": "description",
              "group_attribute_ignore": [], "group_additional_attribute_mapping": [], "tls_cacertfile": null,
              "tls_cacertdir": null, "use_tls": false, "tls_req_cert": "demand", "use_pool": true, "pool_size": 10,
              "pool_retry_max": 3, "pool_retry_delay": 0.1, "pool_connection_timeout": -1,
              "pool_connection_lifetime": 600, "use_auth_pool": true, "auth_pool_size": 100,
              "auth_pool_connection_lifetime": 60}}
            """);
    private static final JsonNode SECURITY_VALUES = JSON.createObjectNode()
            .put("password_regex", PasswordRule.REGEX)
            .put("password_regex_description", PasswordRule.SENTENCE);

    private DomainOptions() {}

    /** Throws a refusal unless the family, and the option in it if one is named, may be configured. */
    static void check(@Nullable String family, @Nullable String name) {
        if (family == null) {
            return;
        }
        if (!DEFAULTS.has(family)) {
            throw invalid("Group " + Texts.shown(family) + " is not supported for domain specific configurations");
        }
        if (name != null && !DEFAULTS.get(family).has(name) && !isSecret(family, name)) {
            throw invalid("Option " + Texts.shown(name) + " in group " + family
                    + " is not supported for domain specific configurations");
        }
    }

    /** Whether the option is kept sealed and never shown. */
    static boolean isSecret(String family, String name) {
        return name.equals(SECRETS.get(family));
    }

    /** What holds where a domain says nothing, in the shape of {@link #shape}. */
    static Map<String, JsonNode> defaults(@Nullable String family, @Nullable String name) {
        check(family, name);
        if (family != null && name != null && isSecret(family, name)) {
            throw invalid("Reading the default for option " + name + " in group " + family + " is not supported");
        }
        return shape(DEFAULTS, family, name);
    }

    /** How passwords must look, which is one rule for everybody and asked of the provider's domain. */
    static Map<String, JsonNode> security(String domainId, @Nullable String name) {
        if (!domainId.equals(Domain.DEFAULT_ID)) {
            throw invalid("Reading security compliance information for any domain other than the default domain is not"
                    + " allowed or supported.");
        }
        if (name != null && !SECURITY_VALUES.has(name)) {
            throw invalid("Reading security compliance values other than password_regex and"
                    + " password_regex_description is not allowed.");
        }
        return name == null ? Map.of(SECURITY, SECURITY_VALUES) : Map.of(name, SECURITY_VALUES.get(name));
    }

    /** A part of a configuration as the API shows it: families of options, one family, or one bare option. */
    static Map<String, JsonNode> shape(JsonNode families, @Nullable String family, @Nullable String name) {
        Map<String, JsonNode> shown = new LinkedHashMap<>();
        if (family == null) {
            families.propertyStream().forEach(one -> shown.put(one.getKey(), one.getValue()));
        } else if (name == null) {
            shown.put(family, families.get(family));
        } else {
            shown.put(name, families.get(family).get(name));
        }
        return shown;
    }

    static Refusal invalid(String reason) {
        return new Refusal(
                Kind.FORBIDDEN, "InvalidDomainConfig", "Invalid domain specific configuration: " + reason + ".");
    }
}

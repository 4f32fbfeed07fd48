package dev.unkai.identity.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.domain.DomainOptionStore.Option;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration that operators keep for a domain, as a whole, by family or by option. In all methods a family that is
 * null means the whole, a name that is null the whole family.
 */
@Component
public final class DomainConfigs {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Transactions transactions;
    private final DomainStore domains;
    private final DomainOptionStore options;
    private final Rights rights;
    private final History history;

    DomainConfigs(
            Transactions transactions, DomainStore domains, DomainOptionStore options, Rights rights, History history) {
        this.transactions = transactions;
        this.domains = domains;
        this.options = options;
        this.rights = rights;
        this.history = history;
    }

    /** A configuration that was written, and whether there was none before. */
    public record Written(Map<String, JsonNode> config, boolean fresh) {}

    /** Secrets are left out; not found when nothing else is there. */
    public Map<String, JsonNode> show(Caller caller, String domainId, @Nullable String family, @Nullable String name) {
        return transactions.asCaller(caller, db -> {
            present(db, domainId);
            DomainOptions.check(family, name);
            return shown(db, domainId, family, name);
        });
    }

    /** Puts the configuration, families of options with their values, in the place of the present one. */
    public Written replace(Caller caller, String domainId, Map<String, JsonNode> config) {
        return transactions.asCaller(caller, db -> {
            Domain domain = forChange(db, caller, domainId);
            check(config);
            boolean fresh = options.list(db, domainId, null, null).isEmpty();
            options.delete(db, domainId, null, null);
            put(db, domainId, config);
            record(db, caller, fresh ? "create" : "update", domain, names(config));
            return new Written(
                    DomainOptions.shape(families(options.list(db, domainId, null, null)), null, null), fresh);
        });
    }

    /**
     * Puts these options over the present ones.
     *
     * @param config what belongs to the family, or to the option in it, alone where one is named; it must be there
     */
    public Map<String, JsonNode> update(
            Caller caller,
            String domainId,
            Map<String, JsonNode> config,
            @Nullable String family,
            @Nullable String name) {
        return transactions.asCaller(caller, db -> {
            Domain domain = forChange(db, caller, domainId);
            Map<String, JsonNode> wanted = family != null && name != null
                    ? Map.of(family, JSON.createObjectNode().setAll(config))
                    : config;
            check(wanted);
            DomainOptions.check(family, name);
            if (family != null) {
                JsonNode inside = wanted.get(family);
                if (wanted.size() != 1
                        || inside == null
                        || (name != null && (inside.size() != 1 || !inside.has(name)))) {
                    throw DomainOptions.invalid(
                            "Trying to update " + what(family, name) + ", so that, and only that, must be specified");
                }
                needed(db, domainId, family, name);
            }
            put(db, domainId, wanted);
            record(db, caller, "update", domain, names(wanted));
            return shown(db, domainId, null, null);
        });
    }

    public void delete(Caller caller, String domainId, @Nullable String family, @Nullable String name) {
        transactions.doAsCaller(caller, db -> {
            Domain domain = forChange(db, caller, domainId);
            DomainOptions.check(family, name);
            if (family != null) {
                needed(db, domainId, family, name);
            }
            options.delete(db, domainId, family, name);
            record(db, caller, "delete", domain, what(family, name));
        });
    }

    private Map<String, JsonNode> shown(Db db, String domainId, @Nullable String family, @Nullable String name) {
        JsonNode families = families(options.list(db, domainId, family, name));
        if (families.isEmpty()) {
            throw notThere(domainId, family, name);
        }
        return DomainOptions.shape(families, family, name);
    }

    private static JsonNode families(List<Option> some) {
        ObjectNode families = JSON.createObjectNode();
        for (Option option : some) {
            JsonNode value = option.value();
            if (value != null) {
                families.withObjectProperty(option.family()).set(option.name(), value);
            }
        }
        return families;
    }

    private static void check(Map<String, JsonNode> config) {
        if (config.isEmpty()) {
            throw DomainOptions.invalid("No options specified");
        }
        config.forEach((family, inside) -> {
            DomainOptions.check(family, null);
            if (!inside.isObject() || inside.isEmpty()) {
                throw DomainOptions.invalid(
                        "The value of group " + family + " specified in the config should be a dictionary of options");
            }
            inside.propertyNames().forEach(name -> DomainOptions.check(family, name));
        });
    }

    private void put(Db db, String domainId, Map<String, JsonNode> config) {
        config.forEach((family, inside) -> inside.propertyStream()
                .forEach(option -> options.put(db, domainId, family, option.getKey(), option.getValue())));
    }

    private Domain present(Db db, String id) {
        return domains.byId(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
    }

    private Domain forChange(Db db, Caller caller, String id) {
        rights.of(db, caller).toChange();
        return domains.forChange(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
    }

    private void needed(Db db, String domainId, String family, @Nullable String name) {
        if (options.list(db, domainId, family, name).isEmpty()) {
            throw notThere(domainId, family, name);
        }
    }

    private static Refusal notThere(String domainId, @Nullable String family, @Nullable String name) {
        return Refusal.notFound(
                "Could not find " + what(family, name) + " in domain configuration for domain " + domainId + ".");
    }

    private static String what(@Nullable String family, @Nullable String name) {
        if (family == null) {
            return "any options";
        }
        return name == null ? "group " + family : "option " + name + " in group " + family;
    }

    /** The options' names; values may be secrets. */
    private static String names(Map<String, JsonNode> config) {
        return String.join(
                ", ",
                config.entrySet().stream()
                        .flatMap(family ->
                                family.getValue().propertyNames().stream().map(name -> family.getKey() + "/" + name))
                        .toList());
    }

    private void record(Db db, Caller caller, String action, Domain domain, String what) {
        history.record(
                db,
                caller,
                action,
                new History.Thing("domain_config", domain.id(), domain.name(), domain.id(), null),
                Map.of("options", what),
                Changes.confidential("options"));
    }
}

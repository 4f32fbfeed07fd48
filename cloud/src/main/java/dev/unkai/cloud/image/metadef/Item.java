package dev.unkai.cloud.image.metadef;

import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * One definition within a namespace.
 *
 * @param body what it says beside its name
 */
record Item(Kind kind, String name, ObjectNode body, Instant createdAt, Instant updatedAt) {
    /** What can be defined, with the fields that its schema knows beside the name. */
    enum Kind {
        OBJECT("object", "objects", Set.of("description", "required", "properties")),
        PROPERTY(
                "property",
                "properties",
                Set.of(
                        "title",
                        "description",
                        "type",
                        "operators",
                        "readonly",
                        "default",
                        "enum",
                        "items",
                        "minimum",
                        "maximum",
                        "minItems",
                        "maxItems",
                        "uniqueItems",
                        "additionalItems",
                        "minLength",
                        "maxLength",
                        "pattern",
                        "confidential")),
        TAG("tag", "tags", Set.of()),
        RESOURCE_TYPE("resource_type", "resource_type_associations", Set.of("prefix", "properties_target"));

        private final String wireName;
        private final String plural;
        private final Set<String> fields;

        Kind(String wireName, String plural, Set<String> fields) {
            this.wireName = wireName;
            this.plural = plural;
            this.fields = fields;
        }

        String wireName() {
            return wireName;
        }

        String plural() {
            return plural;
        }

        Set<String> fields() {
            return fields;
        }

        static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.wireName.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("No kind of definition: " + text);
        }
    }
}

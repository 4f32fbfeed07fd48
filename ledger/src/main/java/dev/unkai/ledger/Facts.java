package dev.unkai.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What an event is looked up by, read out of its text. How that is done is never changed for rows that are stored, this class, {@link Words} and {@link
 * EventClass} together: the auditor computes it again from events that are years old. Whoever wants it otherwise adds a version (decision 0078).
 *
 * @param version by which of the ways it was read
 * @param address from where it was done; empty where nobody came from anywhere
 * @param words by which it is found, each behind its log's prefix, ascending, zero signs between
 */
record Facts(
        int version,
        String log,
        EventClass about,
        String action,
        String outcome,
        String targetId,
        String targetType,
        String initiatorId,
        String initiatorName,
        String address,
        String words) {
    static final String COLUMNS =
            "version, log, class, action, outcome, target_id, target_type, initiator_id, initiator_name, address, words";

    /** The same as a query reads them. */
    static final String READ =
            COLUMNS.replace(" words", " array_to_string(tsvector_to_array(words), E'\\x01') as words");

    /** The log of events that belong to no project. */
    static final String PROVIDER = "provider";

    /** By which new events are read. */
    static final int VERSION = 1;

    /** Between words; in none of them, for it is neither letter nor digit. */
    static final char BETWEEN = '\u0001';

    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final String SUCCESS = "success";
    private static final int REPLACEMENT = 0xFFFD;

    /**
     * Reads a CADF event as new ones are read. An unreadable one throws Jackson's exception.
     *
     * @param source {@code process/database id}; the process is one of the event's words
     */
    static Facts of(String source, String event) {
        return of(VERSION, source, event);
    }

    /** Reads it as its row was read. Throws IllegalArgumentException for a version that never was. */
    static Facts of(int version, String source, String event) {
        if (version != 1) {
            throw new IllegalArgumentException("No event was ever read by version " + version + ".");
        }
        Reading reading = new Reading();
        reading.word(source.substring(0, Math.max(0, source.indexOf('/'))));
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), event)) {
            reading.read(parser);
        }
        return reading.facts();
    }

    /** One event's text while it is read, value by value: no tree of it is made. */
    private static final class Reading {
        private final Words words = new Words();
        private @Nullable String project;
        private @Nullable String initiatorProject;
        private String action = "";
        private String outcome = "";
        private String targetId = "";
        private String targetType = "";
        private String initiatorId = "";
        private String initiatorName = "";
        private String address = "";

        private void read(JsonParser parser) {
            String[] path = new String[8];
            int depth = 0;
            String name = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT, START_ARRAY -> {
                        if (depth < path.length) {
                            path[depth] = name;
                        }
                        depth++;
                    }
                    case END_OBJECT, END_ARRAY -> depth--;
                    case PROPERTY_NAME -> name = parser.currentName();
                    case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
                        if (depth >= 1 && depth <= 3) {
                            value(
                                    depth,
                                    depth > 1 ? path[1] : "",
                                    depth > 2 ? path[2] : "",
                                    name,
                                    storable(parser.getString()));
                        }
                    }
                    case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
                }
            }
        }

        private void value(int depth, String first, String second, String name, String value) {
            if (depth == 1) {
                switch (name) {
                    case "action" -> action = word(value);
                    case "outcome" -> outcome = SUCCESS.equals(value) ? value : word(value);
                    case "requestId" -> word(value);
                    default -> {}
                }
            } else if (depth == 2) {
                switch (first) {
                    case "target" -> target(name, value);
                    case "initiator" -> initiator(name, value);
                    case "reason", "attachments" -> {
                        if (!name.equals("typeURI")) {
                            word(value);
                        }
                    }
                    default -> {}
                }
            } else if (first.equals("changes")) {
                if (!name.equals("field")) {
                    word(value);
                }
            } else if (first.equals("initiator") && second.equals("host")) {
                if (name.equals("address")) {
                    address = value;
                }
                word(value);
            }
        }

        private void target(String name, String value) {
            switch (name) {
                case "project_id" -> project = value;
                case "id" -> targetId = word(value);
                case "typeURI" -> targetType = value;
                case "name" -> word(value);
                default -> {}
            }
        }

        private void initiator(String name, String value) {
            switch (name) {
                case "project_id" -> initiatorProject = value;
                case "id" -> initiatorId = word(value);
                case "name" -> initiatorName = word(value);
                default -> {}
            }
        }

        /** PostgreSQL keeps neither a zero sign nor half of a pair of signs: one event with such a name would hold up all that come after it. */
        private static String storable(String value) {
            if (value.chars().noneMatch(sign -> sign == 0 || Character.isSurrogate((char) sign))) {
                return value;
            }
            StringBuilder kept = new StringBuilder(value.length());
            value.codePoints()
                    .map(sign -> sign == 0 || Character.getType(sign) == Character.SURROGATE ? REPLACEMENT : sign)
                    .forEach(kept::appendCodePoint);
            return kept.toString();
        }

        private String word(String value) {
            words.add(value);
            return value;
        }

        private Facts facts() {
            String log = Objects.requireNonNullElse(project, Objects.requireNonNullElse(initiatorProject, PROVIDER));
            String prefix = Words.prefix(log);
            return new Facts(
                    1,
                    log,
                    EventClass.of(log, action, targetType),
                    action,
                    outcome,
                    targetId,
                    targetType,
                    initiatorId,
                    initiatorName,
                    address,
                    sorted(words.all().stream().map(word -> prefix + word).toList()));
        }
    }

    /** As they are stored. */
    static Facts read(ResultSet row) throws SQLException {
        return new Facts(
                row.getInt("version"),
                row.getString("log"),
                EventClass.named(row.getString("class")).orElseThrow(),
                row.getString("action"),
                row.getString("outcome"),
                row.getString("target_id"),
                row.getString("target_type"),
                row.getString("initiator_id"),
                row.getString("initiator_name"),
                row.getString("address"),
                sorted(Arrays.asList(row.getString("words").split(String.valueOf(BETWEEN)))));
    }

    private static String sorted(Collection<String> words) {
        return String.join(String.valueOf(BETWEEN), new TreeSet<>(words));
    }
}

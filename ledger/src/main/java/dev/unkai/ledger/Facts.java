package dev.unkai.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an event is looked up by, read out of its text. */
record Facts(
        String log,
        String action,
        String outcome,
        String targetId,
        String targetType,
        String initiatorId,
        String initiatorName) {
    static final String COLUMNS = "log, action, outcome, target_id, target_type, initiator_id, initiator_name";

    /** The log of events that belong to no project. */
    static final String PROVIDER = "provider";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads a CADF event. An unreadable one throws Jackson's exception. */
    static Facts of(String event) {
        JsonNode body = JSON.readTree(event);
        JsonNode target = body.path("target");
        JsonNode initiator = body.path("initiator");
        return new Facts(
                target.path("project_id").asString(initiator.path("project_id").asString(PROVIDER)),
                body.path("action").asString(),
                body.path("outcome").asString(),
                target.path("id").asString(),
                target.path("typeURI").asString(),
                initiator.path("id").asString(),
                initiator.path("name").asString(""));
    }

    /** As they are stored. */
    static Facts read(ResultSet row) throws SQLException {
        return new Facts(
                row.getString("log"),
                row.getString("action"),
                row.getString("outcome"),
                row.getString("target_id"),
                row.getString("target_type"),
                row.getString("initiator_id"),
                row.getString("initiator_name"));
    }
}

package dev.unkai.cloud.placement;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.placement.Decision.Search;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code placement_decision}: the newest searches of each server. */
@Component
public class Decisions {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** of each server */
    static final int KEPT = 20;

    /** Keeps the outcome with its reasons, in the transaction of the claim. A search that is repeated with the same outcome is kept once. */
    void keep(Db db, Demand demand, Placed placed, Trace trace) {
        String host = placed instanceof Placed.On on ? on.hostName() : null;
        String shortage = placed instanceof Placed.Nowhere nowhere ? nowhere.shortage() : null;
        String sentence = switch (placed) {
            case Placed.On on -> null;
            case Placed.Nowhere nowhere -> nowhere.found();
            case Placed.Later later -> later.sentence();
        };
        String outcome = switch (placed) {
            case Placed.On on -> "placed";
            case Placed.Nowhere nowhere -> "nowhere";
            case Placed.Later later -> "later";
        };
        db.sql("""
                        insert into placement_decision (server_id, outcome, host_name, shortage, sentence, search)
                        select :server, :outcome, :host, :shortage, :sentence, :search::jsonb
                         where not exists (
                               select 1 from (select outcome, sentence from placement_decision
                                               where server_id = :server order by id desc limit 1) newest
                                where newest.outcome = :outcome and :outcome <> 'placed' and newest.sentence = :sentence)
                        """)
                .param("server", demand.server())
                .param("outcome", outcome)
                .param("host", host)
                .param("shortage", shortage)
                .param("sentence", sentence)
                .param("search", JSON.writeValueAsString(trace.search(demand)))
                .update();
        db.sql("""
                        delete from placement_decision where server_id = :server and id <
                               (select id from placement_decision where server_id = :server order by id desc offset :kept limit 1)
                        """).param("server", demand.server()).param("kept", KEPT - 1).update();
    }

    /** Newest first. */
    public List<Decision> of(Db db, UUID server) {
        return db.sql("select * from placement_decision where server_id = ? order by id desc")
                .param(server)
                .query(Decisions::read)
                .list();
    }

    private static Decision read(ResultSet row, int number) throws SQLException {
        return new Decision(
                row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                row.getString("outcome"),
                row.getString("host_name"),
                row.getString("shortage"),
                row.getString("sentence"),
                JSON.readValue(row.getString("search"), Search.class));
    }
}

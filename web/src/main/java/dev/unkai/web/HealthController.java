package dev.unkai.web;

import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says whether the process lives and whether it can serve; names what is missing, nothing more. */
@RestController
public final class HealthController {
    /** One thing that a process needs before it can serve. */
    public interface Readiness {
        String name();

        boolean ready();
    }

    private static final Logger log = LoggerFactory.getLogger(HealthController.class);

    private final Transactions transactions;
    private final List<Readiness> needs;

    public HealthController(Transactions transactions, List<Readiness> needs) {
        this.transactions = transactions;
        this.needs = needs;
    }

    @Allow(Allow.PUBLIC)
    @GetMapping("/health/live")
    Map<String, String> live() {
        return Map.of("status", "live");
    }

    @Allow(Allow.PUBLIC)
    @GetMapping("/health/ready")
    ResponseEntity<Map<String, Object>> ready() {
        Map<String, Object> checks = new LinkedHashMap<>();
        checks.put("database", databaseAnswers());
        needs.forEach(need -> checks.put(need.name(), need.ready()));
        boolean all = checks.values().stream().allMatch(Boolean.TRUE::equals);
        return ResponseEntity.status(all ? 200 : 503)
                .body(Map.of("status", all ? "ready" : "not ready", "checks", checks));
    }

    private boolean databaseAnswers() {
        try {
            return transactions.<Boolean>asSystem(
                    db -> db.sql("select true").query(Boolean.class).single());
        } catch (DataAccessException | TransactionException e) {
            log.warn("The database does not answer: {}", e.getMessage());
            return false;
        }
    }
}

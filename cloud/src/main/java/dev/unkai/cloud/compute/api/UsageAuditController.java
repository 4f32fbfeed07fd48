package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.HostViews;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /os-instance_usage_audit_log}: which hosts have sent the reference's monthly usage notifications. Usage is computed from
 * rows here and no host has to send anything, so no host ever ran that task, as in a reference that has it switched off.
 */
@RestController
@RequestMapping("/compute/v2.1/os-instance_usage_audit_log")
class UsageAuditController {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final HostViews hosts;
    private final Clock clock;

    UsageAuditController(HostViews hosts, Clock clock) {
        this.hosts = hosts;
        this.clock = clock;
    }

    @GetMapping
    @Allow("compute:host:show")
    Shape list(Caller caller) {
        return Shape.of(
                "instance_usage_audit_logs", log(caller, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)));
    }

    @GetMapping("/{before}")
    @Allow("compute:host:show")
    Shape show(Caller caller, @PathVariable String before) {
        return Shape.of("instance_usage_audit_log", log(caller, parse(before)));
    }

    private static LocalDateTime parse(String before) {
        try {
            if (TIME.matcher(before).matches()) {
                return LocalDateTime.parse(before.replace(' ', 'T'));
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw Refusal.invalid("Invalid timestamp for date " + before.substring(0, Math.min(60, before.length())));
    }

    private Shape log(Caller caller, LocalDateTime before) {
        LocalDateTime end = before.toLocalDate().withDayOfMonth(1).atStartOfDay();
        List<String> names = hosts.list(caller).stream().map(Hosts.Host::name).toList();
        String done = names.isEmpty() ? "ALL" : "0 of " + names.size();
        return new Shape()
                .with("period_beginning", SECONDS.format(end.minusMonths(1)))
                .with("period_ending", SECONDS.format(end))
                .with("num_hosts", names.size())
                .with("num_hosts_done", 0)
                .with("num_hosts_running", 0)
                .with("num_hosts_not_run", names.size())
                .with("hosts_not_run", names)
                .with("total_instances", 0)
                .with("total_errors", 0)
                .with("overall_status", done + " hosts done. 0 errors.")
                .with("log", Map.of());
    }
}

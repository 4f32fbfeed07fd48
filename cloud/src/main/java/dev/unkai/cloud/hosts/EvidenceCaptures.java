package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import dev.unkai.wire.node.EvidenceCapture;
import dev.unkai.wire.node.EvidenceKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What hosts are to secure of guests as evidence: rows of {@code evidence_part} that are wanted and name a capture. A host's plan has those of its guests. */
@Component
public class EvidenceCaptures {
    private record Wish(UUID guest, EvidenceCapture capture) {}

    /** Of the host's guests, by their ids. */
    public static Map<String, List<EvidenceCapture>> at(Db db, UUID host) {
        return db
                .sql("""
                        select g.server_id, p.capture_id, p.kind
                          from evidence_part p
                          join evidence_package k on k.id = p.package_id
                          join guest g on g.server_id = k.server_id
                         where p.state = 'wanted' and p.capture_id is not null and k.state = 'collecting'
                           and g.host_id = ? and g.role = 'main' and not g.removing
                         order by p.capture_id
                        """)
                .param(host)
                .query((row, _) -> new Wish(
                        row.getObject(1, UUID.class),
                        EvidenceCapture.newBuilder()
                                .setId(row.getString(2))
                                .setKind(kind(row.getString(3)))
                                .build()))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        wish -> wish.guest().toString(), Collectors.mapping(Wish::capture, Collectors.toList())));
    }

    private static EvidenceKind kind(String name) {
        return EvidenceKind.valueOf("EVIDENCE_" + name.toUpperCase(Locale.ROOT));
    }

    /** The capture, if it is wanted of a guest that the host has. */
    public Optional<UUID> wanted(Db db, UUID host, UUID capture) {
        return db.sql("""
                        select p.capture_id from evidence_part p
                          join evidence_package k on k.id = p.package_id
                          join guest g on g.server_id = k.server_id
                         where p.capture_id = ? and p.state = 'wanted' and k.state = 'collecting'
                           and g.host_id = ? and g.role = 'main'
                        """).params(capture, host).query(UUID.class).optional();
    }

    /** What is wanted of the guest has changed: its host gets a new plan. */
    public void changed(Db db, UUID guest) {
        db.sql("""
                        with plan as (
                            update host set plan_generation = plan_generation + 1
                             where id in (select host_id from guest where server_id = :guest and role = 'main' and not removing)
                            returning id, plan_generation)
                        update guest set plan_generation = plan.plan_generation
                          from plan where server_id = :guest and host_id = plan.id returning host_id
                        """)
                .param("guest", guest)
                .query(UUID.class)
                .list()
                .forEach(host -> db.wake(Guests.PLANS, host.toString()));
    }
}

package dev.unkai.cloud.network.api;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.network.domain.Refusals;
import java.util.List;
import org.springframework.stereotype.Component;

/** Where a network or a router shall be served. OVN serves both on every host, so a hint is kept and shown, and need only name a zone that there is. */
@Component
final class ZoneHints {
    private static final String NAME = "availability_zone_hints";
    private static final int MOST = 10;

    private final Hosts hosts;

    ZoneHints(Hosts hosts) {
        this.hosts = hosts;
    }

    List<String> read(Db db, Attributes in) {
        in.refuseNull(NAME);
        List<String> hints = in.list(NAME, MOST, List.of(), one -> Attributes.text(NAME, one, 255));
        hints.stream()
                .filter(name ->
                        hosts.zones(db).stream().noneMatch(zone -> zone.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusals.notFound("AvailabilityZone", name);
                });
        return hints;
    }
}

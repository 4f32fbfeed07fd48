package dev.unkai.cloud.certificate;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.cloud.certificate.CertificatePlace.Look;
import dev.unkai.cloud.certificate.CertificatePlace.Renewal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Every place of the site where a certificate is used, hosts excepted, which the database knows. What this process uses and speaks to it knows
 * by itself; of the rest {@code unkai.certificates.doors} ({@code name: host:port}) and {@code unkai.certificates.files} ({@code name: path})
 * tell.
 */
@Component
class CertificatePlaces {
    static final String EDGE = "edge";

    private final PemFiles own;
    private final URI identity;
    private final URI ledger;
    private final String hostAuthority;
    private final String edge;
    private final Renewal edgeRenewal;
    private final @Nullable String edgeOrigin;
    private final Map<String, String> doors;
    private final Map<String, String> files;

    CertificatePlaces(PemFiles own, Environment environment) {
        this.own = own;
        this.identity = URI.create(environment.getRequiredProperty("unkai.identity-url"));
        this.ledger = URI.create(environment.getRequiredProperty("unkai.ledger-url"));
        this.hostAuthority = environment.getProperty("unkai.hosts.authority", "");
        this.edge = environment.getProperty("unkai.edge.certificate", "");
        this.edgeRenewal = Renewal.parse(environment.getProperty("unkai.edge.source", "built-in"));
        this.edgeOrigin = environment.getProperty("unkai.edge.origin");
        this.doors = map(environment, "unkai.certificates.doors");
        this.files = map(environment, "unkai.certificates.files");
    }

    private static Map<String, String> map(Environment environment, String name) {
        return Binder.get(environment)
                .bind(name, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
    }

    List<CertificatePlace> all() {
        List<CertificatePlace> places = new ArrayList<>();
        places.add(edge());
        places.add(new CertificatePlace("cloud", Renewal.BUILT_IN, new Look.InFile(own.certificate())));
        places.add(new CertificatePlace("identity", Renewal.BUILT_IN, door(identity)));
        places.add(new CertificatePlace("ledger", Renewal.BUILT_IN, door(ledger)));
        doors.forEach((name, door) -> {
            int colon = door.lastIndexOf(':');
            Look look = new Look.Door(door.substring(0, colon), Integer.parseInt(door.substring(colon + 1)));
            places.add(new CertificatePlace(name, Renewal.BUILT_IN, look));
        });
        files.forEach((name, file) ->
                places.add(new CertificatePlace(name, Renewal.BUILT_IN, new Look.InFile(Path.of(file)))));
        places.add(new CertificatePlace("authority", Renewal.UP, new Look.InFile(own.authority())));
        if (!hostAuthority.isEmpty() && !Path.of(hostAuthority).equals(own.authority())) {
            places.add(new CertificatePlace("hosts-authority", Renewal.UP, new Look.InFile(Path.of(hostAuthority))));
        }
        return List.copyOf(places);
    }

    /** Until a public certificate is there, the own one is shown at the public door. */
    private CertificatePlace edge() {
        Path shown = !edge.isEmpty() && Files.exists(Path.of(edge)) ? Path.of(edge) : own.certificate();
        return new CertificatePlace(EDGE, edgeRenewal, edgeOrigin, new Look.InFile(shown));
    }

    private static Look door(URI url) {
        return new Look.Door(url.getHost(), url.getPort() < 0 ? 443 : url.getPort());
    }
}

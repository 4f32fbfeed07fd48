package dev.unkai.cloud.hosts;

import dev.unkai.base.data.Db;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;

/** The certificates by which the hosts were last known, or that they were given since. */
public final class HostCertificates {
    private HostCertificates() {}

    /** One host's, with the host's name. */
    public record HostCertificate(UUID host, String name, X509Certificate certificate) {}

    /** All of them, by the hosts' names. */
    public static List<HostCertificate> list(Db db) {
        return db.sql("""
                        select host_id, name, certificate from host_certificate join host on host.id = host_id order by name
                        """)
                .query((row, n) ->
                        new HostCertificate(row.getObject(1, UUID.class), row.getString(2), read(row.getBytes(3))))
                .list();
    }

    /** In the transaction that lets it in or certifies it. */
    public static void keep(Db db, UUID host, X509Certificate certificate) {
        try {
            db.sql("""
                            insert into host_certificate (host_id, certificate) values (?, ?)
                            on conflict (host_id) do update set certificate = excluded.certificate
                            """).params(host, certificate.getEncoded()).update();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e); // it came in this very encoding
        }
    }

    private static X509Certificate read(byte[] encoded) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.unkai.cloud.certificate;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.certificate.CertificateFacts.Nearness;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code certificate}: what was last seen at each place. */
@Component
class CertificateStore {
    /**
     * @param certificate null while it has never been seen
     * @param problem why it could not be looked at just now: unreachable or unreadable
     * @param alarmed the most urgent threshold that was told of this certificate
     * @param told the failure of a renewal that was told last; null: none since the last success
     */
    record Row(
            String name,
            @Nullable CertificateFacts certificate,
            @Nullable Instant seenAt,
            @Nullable String problem,
            @Nullable String detail,
            Nearness alarmed,
            @Nullable String told) {}

    List<Row> list(Db db) {
        return db.sql("select * from certificate order by name")
                .query(CertificateStore::row)
                .list();
    }

    /** Held until the transaction ends, so that of several processes one tells of what has changed. */
    Optional<Row> held(Db db, String name) {
        db.sql("insert into certificate (name) values (?) on conflict do nothing")
                .param(name)
                .update();
        return db.sql("select * from certificate where name = ? for update")
                .param(name)
                .query(CertificateStore::row)
                .optional();
    }

    void seen(Db db, String name, X509Certificate certificate, Nearness alarmed, Instant now) {
        try {
            db.sql("""
                            update certificate set certificate = ?, seen_at = ?, problem = null, detail = null, alarmed = ?
                             where name = ?
                            """)
                    .params(certificate.getEncoded(), Timestamp.from(now), alarmed.ordinal(), name)
                    .update();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e); // it was read from this very encoding
        }
    }

    void failed(Db db, String name, String problem, String detail, Nearness alarmed) {
        db.sql("update certificate set problem = ?, detail = ?, alarmed = ? where name = ?")
                .params(problem, detail, alarmed.ordinal(), name)
                .update();
    }

    void told(Db db, String name, @Nullable String failure) {
        db.sql("update certificate set told = ? where name = ?")
                .param(failure)
                .param(name)
                .update();
    }

    /** Forgets places that the site has no more. */
    void keepOnly(Db db, List<String> names) {
        db.sql("delete from certificate where not (name = any (?))")
                .param(names.toArray(String[]::new))
                .update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        byte[] encoded = row.getBytes("certificate");
        Timestamp seen = row.getTimestamp("seen_at");
        return new Row(
                row.getString("name"),
                encoded == null ? null : facts(encoded),
                seen == null ? null : seen.toInstant(),
                row.getString("problem"),
                row.getString("detail"),
                Nearness.values()[row.getInt("alarmed")],
                row.getString("told"));
    }

    private static CertificateFacts facts(byte[] encoded) {
        try {
            return CertificateFacts.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.unkai.web.mail;

import dev.unkai.base.data.Db;
import dev.unkai.base.seal.KeySeal;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The links of mails that wait: sealed in the database, each for its own mail, so that a copy of the database opens nothing. */
final class MailSecrets {
    private final KeySeal seal;

    MailSecrets(KeySeal seal) {
        this.seal = seal;
    }

    /** What a mail holds, as it lies in the database. */
    record Sealed(UUID mail, Map<String, byte[]> values) {}

    void keep(Db db, UUID mail, String name, String value) {
        db.sql("insert into mail_secret (mail_id, name, sealed) values (?, ?, ?)")
                .param(mail)
                .param(name)
                .param(seal.seal(value, place(mail, name)))
                .update();
    }

    /** Seals what an earlier version left in the clear; done at each start, and for nothing after the first. */
    void sealWhatLiesOpen(Db db) {
        record Clear(UUID mail, String name, String value) {}
        List<Clear> open = db.sql("select mail_id, name, clear from mail_secret where clear is not null for update")
                .query((row, _) -> new Clear(UUID.fromString(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
        open.forEach(one -> db.sql("update mail_secret set clear = null, sealed = ? where mail_id = ? and name = ?")
                .param(seal.seal(one.value, place(one.mail, one.name)))
                .param(one.mail)
                .param(one.name)
                .update());
    }

    static Sealed of(Db db, UUID mail) {
        Map<String, byte[]> values = new HashMap<>();
        db.sql("select name, sealed from mail_secret where mail_id = ?")
                .param(mail)
                .query((row, _) -> Map.entry(row.getString(1), row.getBytes(2)))
                .list()
                .forEach(each -> values.put(each.getKey(), each.getValue()));
        return new Sealed(mail, values);
    }

    /** Throws GeneralSecurityException when this process does not hold the key that one was sealed with. */
    Map<String, String> open(Sealed sealed) throws GeneralSecurityException {
        Map<String, String> secrets = new HashMap<>();
        for (Map.Entry<String, byte[]> each : sealed.values.entrySet()) {
            secrets.put(each.getKey(), seal.open(each.getValue(), place(sealed.mail, each.getKey())));
        }
        return secrets;
    }

    /** The text with its links in their places. */
    static String whole(String body, UUID mail, Map<String, String> secrets) {
        String whole = body;
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            whole = whole.replace(MailTemplates.mark(secret.getKey(), mail), secret.getValue());
        }
        return whole;
    }

    private static String place(UUID mail, String name) {
        return "mail_secret/" + mail + "/" + name;
    }
}

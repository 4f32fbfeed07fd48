package dev.unkai.identity.factor;

import dev.unkai.base.data.Db;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Codes for the day on which the device is lost: ten, each good once, shown once; only their hashes are kept. */
@Component
public final class RecoveryCodes {
    static final int COUNT = 10;
    /** Without the letters i, l, o and the digit zero, which look like others; 32 signs, so 5 bits each and 80 in a code. */
    private static final String ALPHABET = "123456789abcdefghjkmnpqrstuvwxyz";

    private static final int GROUPS = 4;
    private static final int GROUP = 4;

    private final SecureRandom random = new SecureRandom();

    /** Fresh codes of the account in place of those before. */
    List<String> renew(Db db, String accountId) {
        db.sql("delete from recovery_code where account_id = ?")
                .param(accountId)
                .update();
        List<String> codes = new ArrayList<>();
        while (codes.size() < COUNT) {
            String code = fresh();
            codes.add(code);
            db.sql("insert into recovery_code (account_id, salt, hash) values (?, ?, ?)")
                    .param(accountId)
                    .param(accountId)
                    .param(hash(accountId, code))
                    .update();
        }
        return codes;
    }

    /** Fresh codes where the account has none left; empty when those that its owner keeps are good still. */
    List<String> ensure(Db db, String accountId) {
        return left(db, accountId) == 0 ? renew(db, accountId) : List.of();
    }

    /** Whether it was a good code of the account; it is used up then. */
    boolean use(Db db, String accountId, String code) {
        // One salt, or the id of the seed in whose days the codes were made.
        List<String> salts = db.sql("select distinct salt from recovery_code where account_id = ?")
                .param(accountId)
                .query(String.class)
                .list();
        return salts.stream()
                .anyMatch(salt -> db.sql("delete from recovery_code where account_id = ? and hash = ?")
                                .param(accountId)
                                .param(hash(salt, code))
                                .update()
                        == 1);
    }

    int left(Db db, String accountId) {
        return db.sql("select count(*) from recovery_code where account_id = ?")
                .param(accountId)
                .query(Integer.class)
                .single();
    }

    private String fresh() {
        StringBuilder code = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            code.append(group == 0 ? "" : "-");
            for (int at = 0; at < GROUP; at++) {
                code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return code.toString();
    }

    /** People type them with or without the dashes, in small or capital letters. */
    private static String hash(String salt, String code) {
        String plain = code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((salt + ":" + plain).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }
}

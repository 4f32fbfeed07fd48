package dev.unkai.base.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The public half of the ledger's signing key, which checks heads and rounds; as PEM it is what {@code openssl} reads. */
public record LedgerKey(PublicKey key) {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    /** Reads PEM (RFC 7468). Throws IllegalArgumentException with a sentence when it holds no Ed25519 public key. */
    public static LedgerKey parse(String pem) {
        int from = pem.indexOf(BEGIN);
        int to = pem.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("This is no public key in PEM form.");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(from + BEGIN.length(), to));
            return new LedgerKey(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("This is no Ed25519 public key.", e);
        }
    }

    public String pem() {
        return BEGIN + "\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n" + END
                + "\n";
    }

    public boolean signed(SignedHead head) {
        return verifies(head.text(), head.signature());
    }

    public boolean signed(Round round) {
        return verifies(round.text(), round.signature());
    }

    private boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

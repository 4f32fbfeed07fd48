package dev.unkai.cloud.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.junit.jupiter.api.Test;

class AdminPasswordTest {
    @Test
    void aWantedPasswordIsKeptAsAHashOnly() {
        AdminPassword password = AdminPassword.of("a secret");

        assertThat(password.text()).isEqualTo("a secret");
        String hash = password.hash();
        // the form that cloud-init takes for a hash
        assertThat(hash).matches("\\$(1|2a|2y|5|6)(\\$.+){2}").doesNotContain("a secret");
        assertThat(Sha2Crypt.sha512Crypt("a secret".getBytes(StandardCharsets.UTF_8), hash))
                .isEqualTo(hash);
        assertThat(password.toString()).doesNotContain("a secret");
    }

    @Test
    void withoutAWishEachIsNew() {
        AdminPassword one = AdminPassword.of(null);

        assertThat(one.text())
                .hasSizeGreaterThanOrEqualTo(12)
                .isNotEqualTo(AdminPassword.of(null).text());
        String hash = one.hash();
        assertThat(Sha2Crypt.sha512Crypt(one.text().getBytes(StandardCharsets.UTF_8), hash))
                .isEqualTo(hash);
    }

    @Test
    void whatNoGuestCouldTakeIsRefused() {
        assertThatThrownBy(() -> AdminPassword.of("x".repeat(512))).hasMessageContaining("511 bytes");
        assertThatThrownBy(() -> AdminPassword.of("a\nb")).hasMessageContaining("one line");
    }
}

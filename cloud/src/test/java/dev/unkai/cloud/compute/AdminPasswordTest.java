package dev.unkai.cloud.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.junit.jupiter.api.Test;

class AdminPasswordTest {
    @Test
    void aWantedPasswordIsKeptAsAHashOnly() {
        AdminPassword password = AdminPassword.of("a secret");

        assertThat(password.text()).isEqualTo("a secret");
        // the form that cloud-init takes for a hash
        assertThat(password.hash()).matches("\\$(1|2a|2y|5|6)(\\$.+){2}").doesNotContain("a secret");
        assertThat(Sha2Crypt.sha512Crypt("a secret".getBytes(StandardCharsets.UTF_8), password.hash()))
                .isEqualTo(password.hash());
        assertThat(password.toString()).doesNotContain("a secret").doesNotContain(password.hash());
    }

    @Test
    void withoutAWishEachIsNew() {
        AdminPassword one = AdminPassword.of(null);

        assertThat(one.text()).hasSizeGreaterThanOrEqualTo(12).isNotEqualTo(AdminPassword.of(null).text());
        assertThat(Sha2Crypt.sha512Crypt(one.text().getBytes(StandardCharsets.UTF_8), one.hash()))
                .isEqualTo(one.hash());
    }
}

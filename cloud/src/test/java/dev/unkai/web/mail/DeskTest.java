package dev.unkai.web.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.web.mail.Mail.Language;
import org.junit.jupiter.api.Test;

class DeskTest {
    @Test
    void aDeskThatIsNotNamedIsNotWrittenTo() {
        Desk.of("", "ja").ifNamed((_, _) -> {
            throw new AssertionError("nobody is there");
        });
        assertThat(Desk.of("desk@provider.example", "en")).satisfies(desk -> {
            assertThat(desk.address()).contains(new MailAddress("desk@provider.example"));
            assertThat(desk.language()).isEqualTo(Language.EN);
        });
    }

    @Test
    void aLanguageThatNobodyWritesIsRefusedByTheNameOfTheSetting() {
        assertThatThrownBy(() -> Desk.of("desk@provider.example", "fr"))
                .hasMessageContaining("unkai.desk-language")
                .hasMessageContaining("\"fr\"");
    }
}

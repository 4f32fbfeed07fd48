package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.openapi.ApiDescription;
import dev.unkai.identity.auth.FederatedLoginController;
import dev.unkai.identity.auth.LogOutController;
import dev.unkai.identity.backup.BackupState;
import dev.unkai.identity.factor.PasskeyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** {@code openapi.json} is what this process keeps of the service API, which the cloud process shows. */
class ServicePartTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path FILE = Path.of("openapi.json");
    private static final String RENEWAL =
            "mvn -pl identity,cloud -am test -Dtest=ServicePartTest,OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dunkai.renew=yes";

    @Test
    void theDescriptionIsThatOfTheCode() throws IOException {
        // Steps of a log-in, which the cloud process takes by itself and shows under other addresses.
        String text = JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(new ApiDescription(
                                        "/identity/service/v1", "/service/v1", JSON.missingNode())
                                .of(
                                        Path.of("target", "classes"),
                                        path -> !path.matches("/service/v1/(sign-ins|session/|viewings).*|.*/log-out"),
                                        BackupState.View.class,
                                        FederatedLoginController.Begun.class,
                                        LogOutController.Left.class,
                                        PasskeyOptions.Challenge.class))
                + "\n";
        if (System.getProperty("unkai.renew") != null) {
            Files.writeString(FILE, text);
        }

        assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
                .as("identity/openapi.json is out of date; renew it by: " + RENEWAL)
                .isEqualTo(text);
    }
}

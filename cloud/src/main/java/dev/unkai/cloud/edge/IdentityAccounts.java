package dev.unkai.cloud.edge;

import java.io.IOException;
import java.util.List;

/** Which accounts there are: identity's to say. A port, since tests answer in its place. */
interface IdentityAccounts {
    /** Those of the ids that no account has. Throws IOException when there is no good answer. */
    List<String> absent(List<String> ids) throws IOException, InterruptedException;
}

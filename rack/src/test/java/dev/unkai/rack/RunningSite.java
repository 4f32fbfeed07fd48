package dev.unkai.rack;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands every test the one site of this test run; it is taken down after the last test. With UNKAI_SITE=DIRECTORY:PORT in the environment
 * it is a site that runs already and stays.
 */
final class RunningSite implements ParameterResolver {
    private static final int PORT = 18_443;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Site.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RunningSite.class))
                .computeIfAbsent("site", key -> site(), Site.class);
    }

    private static Site site() {
        String present = System.getenv("UNKAI_SITE");
        return present == null ? Site.up("rack", Site.freePorts(PORT)) : Site.present(present);
    }
}

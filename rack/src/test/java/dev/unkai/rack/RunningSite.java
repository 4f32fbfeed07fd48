package dev.unkai.rack;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands every test the one site of this test run; it is taken down after the last test. */
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
                .computeIfAbsent("site", key -> Site.up("rack", Site.freePorts(PORT)), Site.class);
    }
}

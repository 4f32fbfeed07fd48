package dev.unkai.rack;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands every test that asks for it the one site of this test run that has two hosts and two cloud processes; it is taken down after the last test. */
final class RunningRack implements ParameterResolver {
    private static final int PORT = 19_443;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Site.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RunningRack.class))
                .computeIfAbsent("rack", key -> Site.rack("two", Site.freePorts(PORT), 2), Site.class);
    }
}

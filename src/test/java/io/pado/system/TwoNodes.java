package io.pado.system;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the two nodes that all of them share: started with the first test class, ended with the run. */
class TwoNodes implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(TwoNodes.class);

    private final String name;

    TwoNodes() {
        this("shared");
    }

    private TwoNodes(String name) {
        this.name = name;
    }

    /** Two others, on other stores, for tests that end some of them; each test leaves all of them running. */
    static final class Fragile extends TwoNodes {

        Fragile() {
            super("fragile");
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    /** The root's store closes it. */
    private Cluster cluster(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(name, key -> Cluster.start(key, 2), Cluster.class);
    }
}

package io.pado.platform.queue.ledger;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one ledger that all of them share: made with the first test, ended with the run. */
final class OneLedger implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LedgerRig.class;
    }

    /** The root's store closes it. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(OneLedger.class)).getOrComputeIfAbsent("shared", name -> new LedgerRig(), LedgerRig.class);
    }
}

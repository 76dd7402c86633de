package io.pado.realtime.redis;

/** Where in Redis the states are kept that go on together with events ({@link io.pado.realtime.EventLog.StateStep}); for the stores of those who own them. */
public final class StateKeys {

    private StateKeys() {
    }

    /** @return key of the hash of a state's fields */
    public static String fields(String state) {
        return "pado:state:" + state;
    }

    /** @return key of the text of a state */
    public static String text(String state) {
        return "pado:text:" + state;
    }
}

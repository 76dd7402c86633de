package io.pado.realtime.redis;

/** Where in Redis the states are kept that go on together with events ({@link io.pado.realtime.log.EventLog.StateStep}); for the stores of those who own them. */
public final class StateKeys {

    /** Key of the log's epoch, and of the last number given. */
    public static final String EPOCH = Keys.EPOCH;
    public static final String SEQUENCE = Keys.SEQUENCE;

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

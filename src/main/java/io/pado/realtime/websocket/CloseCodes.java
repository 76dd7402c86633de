package io.pado.realtime.websocket;

import io.pado.realtime.CloseReason;
import java.util.Map;

/**
 * How a WebSocket says why it ends (RFC 6455, section 7.4.1, and IANA's registry): 1008 is a broken policy, 1011 a fault of the server, 1012 a
 * restart, 1013 "try again later".
 */
final class CloseCodes {

    static final int NORMAL = 1000;
    static final int UNREADABLE = 1003;
    static final int POLICY = 1008;
    static final int TOO_BIG = 1009;
    static final int TRY_AGAIN_LATER = 1013;

    private static final int GOING_AWAY = 1001;
    private static final Map<CloseReason, Integer> CODES = Map.of(
            CloseReason.STOPPING, 1012,
            CloseReason.SLOW, TRY_AGAIN_LATER,
            CloseReason.FAULT, 1011,
            CloseReason.FLOODING, POLICY,
            CloseReason.EXPIRED, POLICY,
            CloseReason.LOGGED_OUT, POLICY,
            CloseReason.RIGHTS_CHANGED, POLICY,
            CloseReason.ENDED, NORMAL);

    private CloseCodes() {
    }

    static int of(CloseReason reason) {
        return CODES.getOrDefault(reason, GOING_AWAY);
    }
}

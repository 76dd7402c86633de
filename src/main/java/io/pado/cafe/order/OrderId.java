package io.pado.cafe.order;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Collectors;

/** Names of orders: {@code ORD-<epoch ms>-<6 base36>} (spec system 2). Nobody can guess one. */
final class OrderId {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 6;

    private OrderId() {
    }

    /** @param placed when the order was placed */
    static String of(Instant placed) {
        String random = RANDOM.ints(LENGTH, 0, Character.MAX_RADIX)
                .mapToObj(digit -> String.valueOf(Character.forDigit(digit, Character.MAX_RADIX))).collect(Collectors.joining());
        return "ORD-" + placed.toEpochMilli() + '-' + random;
    }
}

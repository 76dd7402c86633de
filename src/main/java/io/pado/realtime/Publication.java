package io.pado.realtime;

import java.util.regex.Pattern;

/**
 * What somebody wants told to a topic's subscribers.
 *
 * @param topic          where
 * @param type           what it is: {@code vote_update}
 * @param key            what it is about, see {@link Envelope#key()}; empty if nothing
 * @param json           the payload, valid JSON text
 * @param idempotencyKey the same non-empty text a second time within a day is the same event, and is not stored again
 */
public record Publication(Topic topic, String type, String key, String json, String idempotencyKey) {

    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]{0,99}");
    private static final int MAX_KEY = 200;

    /** @throws IllegalArgumentException if type or key could not travel in a frame's head */
    public Publication {
        if (!isType(type)) {
            throw new IllegalArgumentException("Not an event type: " + type);
        }
        if (key.length() > MAX_KEY || key.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("Not an event key: no control characters, " + MAX_KEY + " at most");
        }
    }

    /** @return whether the text can be the type of an event: 1 to 100 letters, digits and {@code _ . : -}, the first a letter */
    public static boolean isType(String text) {
        return TYPE.matcher(text).matches();
    }
}

package io.pado.realtime.topic;

import io.pado.platform.Texts;
import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;

/**
 * An event as a publisher sends it.
 *
 * @param type what it is; {@code message} if not given
 * @param key  of two events with the same key the newer may replace the older, where the topic says so; empty for none
 * @param data JSON text
 */
record EventBody(String type, String key, String data) {

    static final String EXAMPLE = "{\"event\":\"order_placed\",\"data\":{\"orderId\":7}}";
    private static final int MAX_KEY = 200;
    private static final String DEFAULT_TYPE = "message";
    private static final String TYPE = "[A-Za-z][A-Za-z0-9_.:-]{0,99}";

    /** @throws ProblemException 400 or 422 with all wrong fields */
    static EventBody of(JsonBody fields) {
        String type = fields.optionalText("event");
        if (!type.isEmpty() && !type.matches(TYPE)) {
            fields.wrong("event", "must be a word: letters, digits and _ . : -, 100 characters at most");
        }
        String key = fields.optionalText("key");
        if (key.length() > MAX_KEY || !Texts.isClean(key)) {
            fields.wrong("key", "must be " + MAX_KEY + " printable characters at most");
        }
        String data = fields.json("data");
        fields.check();
        return new EventBody(type.isEmpty() ? DEFAULT_TYPE : type, key, data);
    }
}

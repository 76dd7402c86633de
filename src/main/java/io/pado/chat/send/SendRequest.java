package io.pado.chat.send;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import io.pado.run.WhenBusy;

/**
 * Body of a send.
 *
 * @param message what is said
 * @param sender  id of the user, as the client says it; empty if it does not
 * @param busy    what happens if the room is answering
 */
record SendRequest(String message, String sender, WhenBusy busy) {

    private static final int MAX_MESSAGE = 4_000;
    private static final int MAX_WORD = 200;
    private static final String EXAMPLE = "{\"message\": \"...\", \"sender\": \"7\", \"userName\": \"...\"}";

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or out of range */
    static SendRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        String message = fields.lines("message", MAX_MESSAGE);
        fields.optionalText("userName", MAX_WORD);
        String busy = fields.has("whenBusy") ? fields.text("whenBusy", MAX_WORD) : WhenBusy.ENQUEUE.name().toLowerCase(java.util.Locale.ROOT);
        WhenBusy known = WhenBusy.of(busy).orElse(WhenBusy.ENQUEUE);
        if (WhenBusy.of(busy).isEmpty()) {
            fields.wrong("whenBusy", "must be enqueue, reject or interrupt");
        }
        String sender = fields.textOrNumber("sender");
        fields.check();
        return new SendRequest(message, sender, known);
    }
}

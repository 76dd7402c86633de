package io.pado.presence.friend;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;

/**
 * Body of a request to be friends: one of the two is given.
 *
 * @param userId whom; 0 if not given
 * @param email  whose; empty if not given
 */
record AskRequest(long userId, String email) {

    private static final int MAX_EMAIL = 254;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing, or if both are given */
    static AskRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"user_id\": 7} or {\"email\": \"friend@example.org\"}");
        boolean byEmail = fields.has("email");
        if (byEmail && fields.has("user_id")) {
            fields.wrong("email", "must not be sent together with user_id");
        }
        String email = byEmail ? fields.text("email", MAX_EMAIL) : "";
        long user = byEmail ? 0 : fields.number("user_id", "the id of a user, or send email").orElse(0);
        fields.check();
        return new AskRequest(user, email);
    }
}

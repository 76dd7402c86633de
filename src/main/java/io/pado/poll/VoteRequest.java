package io.pado.poll;

import io.pado.platform.Texts;
import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.util.OptionalLong;

/**
 * Body of a vote.
 *
 * @param optionId the option
 * @param clientId the voter's self-chosen name; empty if not given
 */
record VoteRequest(long optionId, String clientId) {

    private static final int MAX_CLIENT_ID = 200;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for a missing option */
    static VoteRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"optionId\": 1, \"client_id\": \"you\"}");
        OptionalLong option = fields.number("optionId", "the id of one of the poll's options");
        String client = fields.optionalText("client_id");
        fields.check();
        return new VoteRequest(option.orElseThrow(), client);
    }

    /** Whether the voter's name is one: 1 to 200 printable characters. */
    boolean namesVoter() {
        return Texts.isVisible(clientId) && clientId.length() <= MAX_CLIENT_ID && Texts.isClean(clientId);
    }
}

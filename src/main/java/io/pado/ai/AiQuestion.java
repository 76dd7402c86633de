package io.pado.ai;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;

/**
 * Body of a question.
 *
 * @param question what is asked
 * @param clientId how the page names itself; empty for not at all
 */
record AiQuestion(String question, String clientId) {

    private static final int MAX_QUESTION = 8_000;
    private static final int MAX_CLIENT_ID = 200;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or out of range */
    static AiQuestion parse(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"question\": \"...\", \"client_id\": \"...\"}");
        String question = fields.lines("question", MAX_QUESTION);
        String clientId = fields.has("client_id") ? fields.text("client_id", MAX_CLIENT_ID) : "";
        fields.check();
        return new AiQuestion(question, clientId);
    }
}

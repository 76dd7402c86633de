package io.pado.poll;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.util.List;

/**
 * Body of a new poll.
 *
 * @param title     the question, 1 to 200 characters
 * @param options   the answers, 2 to 20 labels of 1 to 200 characters
 * @param anonymous whether votes without a token are taken
 */
record PollRequest(String title, List<String> options, boolean anonymous) {

    private static final int MIN_OPTIONS = 2;
    private static final int MAX_OPTIONS = 20;
    private static final int MAX_CHARACTERS = 200;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or of a wrong length */
    static PollRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"title\": \"?\", \"options\": [\"a\", \"b\"], \"anonymous\": true}");
        PollRequest request = new PollRequest(fields.text("title", MAX_CHARACTERS),
                fields.texts("options", MIN_OPTIONS, MAX_OPTIONS, MAX_CHARACTERS), fields.flag("anonymous"));
        fields.check();
        return request;
    }
}

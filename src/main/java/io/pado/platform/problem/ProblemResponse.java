package io.pado.platform.problem;

import io.pado.platform.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers with a problem where JAX-RS is not at work: in filters and in the authentication. */
public final class ProblemResponse {

    private ProblemResponse() {
    }

    /** Writes the whole answer. */
    public static void write(ProblemException thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (InBand.isFor(thrown, request)) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(InBand.MEDIA_TYPE);
            InBand.HEADERS.forEach(response::setHeader);
            response.getOutputStream().write(InBand.stream(thrown, request).getBytes(StandardCharsets.UTF_8));
            return;
        }
        write(thrown, SentPath.of(request), response);
    }

    /** Writes the whole answer to a request for this path. */
    public static void write(ProblemException thrown, String path, HttpServletResponse response) throws IOException {
        Problem problem = thrown.problem().at(path);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        thrown.retryAfter().ifPresent(seconds -> response.setHeader("Retry-After", Long.toString(seconds)));
        response.getOutputStream().write(Json.text(problem).getBytes(StandardCharsets.UTF_8));
    }
}

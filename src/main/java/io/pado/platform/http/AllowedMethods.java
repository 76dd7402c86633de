package io.pado.platform.http;

import io.pado.platform.problem.ProblemMapper;
import io.pado.platform.problem.ProblemResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers methods that an address has no use for, where JAX-RS is not at work. */
public final class AllowedMethods {

    private AllowedMethods() {
    }

    /** Answers {@code OPTIONS} with 204, all others with 405; both name the methods that are allowed. */
    public static void answer(HttpServletRequest request, HttpServletResponse response, String allowed) throws IOException {
        response.setHeader("Allow", allowed);
        if (request.getMethod().equals("OPTIONS")) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            ProblemResponse.write(ProblemMapper.standard(HttpServletResponse.SC_METHOD_NOT_ALLOWED), request, response);
        }
    }
}

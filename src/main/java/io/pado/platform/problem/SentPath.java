package io.pado.platform.problem;

import jakarta.servlet.http.HttpServletRequest;

/** The path of a request as it was sent. The server decodes the path of a request that goes on after its body has come, now and then twice (seen with 26.0.0.5). */
public final class SentPath {

    private static final String KEPT = SentPath.class.getName();

    private SentPath() {
    }

    /** Keeps it, before the request waits for anything. */
    public static void keep(HttpServletRequest request) {
        request.setAttribute(KEPT, request.getRequestURI());
    }

    /** @return what was kept, else what the request says now */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(KEPT) instanceof String kept ? kept : request.getRequestURI();
    }
}

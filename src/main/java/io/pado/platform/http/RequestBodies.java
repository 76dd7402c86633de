package io.pado.platform.http;

import io.pado.platform.HeldBytes;
import io.pado.platform.PlatformConfig;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.problem.ProblemResponse;
import io.pado.platform.problem.SentPath;
import io.pado.platform.proxy.Clients;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Lets a request go on only once its whole body is there. A body that comes slowly holds no thread: it is read as it comes, into memory,
 * within {@code pado.http.body.seconds} and {@code pado.http.most.unfinished} bytes of all unfinished ones, {@code .address} of one address.
 * Refuses bodies over {@code pado.http.max.body} bytes. {@link ReceivedBody} hands out what was read.
 */
public class RequestBodies implements Filter {

    private static final String REFUSED = RequestBodies.class.getName();
    private static final String HTTP2 = "h2c";
    /** Nothing here reads a body of these. */
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Inject
    private PlatformConfig config;
    @Inject
    private Clients clients;
    @Resource
    private ManagedScheduledExecutorService timer;

    private HeldBytes held;

    @Override
    public void init(FilterConfig filter) {
        held = new HeldBytes(config.mostUnfinished(), config.mostUnfinishedOfAddress());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        try {
            if (asked.getDispatcherType() != DispatcherType.ASYNC && waits(asked)) {
                await(asked);
                return;
            }
            refuse(asked, answer);
        } catch (ProblemException refused) {
            ProblemResponse.write(refused, asked, answer);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Has a request answered with a problem when it goes on. */
    static void note(ServletRequest request, ProblemException refusal) {
        request.setAttribute(REFUSED, refusal);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(REFUSED) instanceof ProblemException refused) {
            if (!LibertyHttp.isHttp2(request)) {
                // What still comes of the body is not the next request.
                response.setHeader("Connection", "close");
            }
            throw refused;
        }
    }

    /** @return whether there is a body that is to be read and may not be there yet */
    private boolean waits(HttpServletRequest request) {
        String expected = request.getHeader("Expect");
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            throw ProblemException.of(HttpServletResponse.SC_EXPECTATION_FAILED, "expectation", "Expectation failed",
                    "Only Expect: 100-continue is known here.", false);
        }
        long length = request.getContentLengthLong();
        if (length > config.maxBody()) {
            throw ProblemException.tooLarge(config.maxBody());
        }
        // Liberty begins a request of HTTP/2 when its body is there. One that is just changing to HTTP/2, as Java's client asks for with each new
        // connection, must not wait: one of four was lost, and its connection too (seen with 26.0.0.5). Where HTTP/2 is not spoken none changes.
        boolean isHttp2 = config.http2() && (HTTP2.equalsIgnoreCase(request.getHeader("Upgrade")) || LibertyHttp.isHttp2(request));
        boolean none = length == 0 || length < 0 && request.getHeader("Transfer-Encoding") == null;
        return !none && !isHttp2 && !WITHOUT_BODY.contains(request.getMethod()) && !LibertyHttp.bodyIsThere(request);
    }

    private void await(HttpServletRequest request) throws IOException {
        SentPath.keep(request);
        String address = clients.of(request).counted();
        AsyncContext waiting = request.startAsync();
        waiting.setTimeout(0);
        new UnfinishedBody(waiting, request, held.of(address), config, timer).start();
    }
}

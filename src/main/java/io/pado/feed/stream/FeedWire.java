package io.pado.feed.stream;

import io.pado.platform.json.Json;
import io.pado.platform.problem.Problem;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Notice;
import io.pado.realtime.sse.NamedWire;
import io.pado.realtime.sse.SseFrame;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Named events. What ends a stream until its user acts is an {@code error} as well, for clients that know no {@code closing}. */
@ApplicationScoped
class FeedWire extends NamedWire {

    private static final String CLOSING = "closing";
    private static final Set<String> OF_TOKENS = Set.of(CloseReason.EXPIRED.code(), CloseReason.LOGGED_OUT.code());

    @Override
    protected SseFrame frame(Notice notice) {
        SseFrame frame = super.frame(notice);
        boolean isError = notice.type().equals(CLOSING) && OF_TOKENS.contains(notice.reason());
        return isError ? new SseFrame().event("error").data(problem(notice)).then(frame) : frame;
    }

    private static String problem(Notice notice) {
        Problem problem = ProblemException.unauthorized(notice.detail()).problem();
        return Json.text(problem);
    }
}

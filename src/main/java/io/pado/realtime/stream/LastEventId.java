package io.pado.realtime.stream;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which id counts of a reader that says in several places what it had last. What a client sets by itself when it comes back counts more than
 * what a page once wrote into the address: the header, then the parameter of the polyfills, then that of pages. Of several values in one
 * place the last one counts. Empty ones count only if there is no other.
 */
public final class LastEventId {

    /** As browsers send it. */
    public static final String HEADER = "Last-Event-ID";
    /** In the query, as polyfills send it that cannot set the header. */
    public static final String OF_POLYFILLS = "lastEventId";
    /** In the query, as pages write it. */
    public static final String OF_PAGES = "last_event_id";

    private LastEventId() {
    }

    /** @return the id, which may be empty; nothing if there is none in any place */
    public static Optional<String> chosen(Collection<String> headers, Collection<String> ofPolyfills, Collection<String> ofPages) {
        List<String> rising = Stream.of(ofPages, ofPolyfills, headers).flatMap(Collection::stream).map(String::strip).toList();
        List<String> ids = rising.stream().filter(id -> !id.isEmpty()).toList();
        return ids.isEmpty() ? rising.stream().findFirst() : Optional.of(ids.get(ids.size() - 1));
    }

    /** @return the same of a request */
    public static Optional<String> of(HttpServletRequest request) {
        return chosen(Collections.list(request.getHeaders(HEADER)), values(request.getParameterValues(OF_POLYFILLS)),
                values(request.getParameterValues(OF_PAGES)));
    }

    private static List<String> values(String[] values) {
        return values == null ? List.of() : List.of(values);
    }
}

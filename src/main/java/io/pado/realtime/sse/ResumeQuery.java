package io.pado.realtime.sse;

import io.pado.realtime.stream.LastEventId;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** What a reader that comes back says it had last. */
public class ResumeQuery {

    @QueryParam(LastEventId.OF_PAGES)
    private List<String> ofPages;

    @QueryParam(LastEventId.OF_POLYFILLS)
    private List<String> ofPolyfills;

    @HeaderParam(LastEventId.HEADER)
    private List<String> headers;

    /** @return what it had last; empty for a fresh start */
    public String lastEventId() {
        return LastEventId.chosen(headers, ofPolyfills, ofPages).orElse("");
    }
}

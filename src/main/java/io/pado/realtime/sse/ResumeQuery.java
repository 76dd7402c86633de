package io.pado.realtime.sse;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;

/** What a reader that comes back says it had last. */
public class ResumeQuery {

    @QueryParam("last_event_id")
    @DefaultValue("")
    private String lastEventIdParameter;

    @HeaderParam("Last-Event-ID")
    @DefaultValue("")
    private String lastEventIdHeader;

    /** @return what it had last; the header, which the browser sets by itself on a reconnect, counts more than the address */
    public String lastEventId() {
        return lastEventIdHeader.isBlank() ? lastEventIdParameter.strip() : lastEventIdHeader.strip();
    }
}

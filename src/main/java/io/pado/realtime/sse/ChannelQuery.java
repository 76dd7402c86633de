package io.pado.realtime.sse;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;

/** What a reader of channels may say in its request. */
public class ChannelQuery {

    private static final int MAX_CLIENT_ID = 200;

    @QueryParam("client_id")
    @DefaultValue("")
    private String clientId;

    @QueryParam("last_event_id")
    @DefaultValue("")
    private String lastEventIdParameter;

    @HeaderParam("Last-Event-ID")
    @DefaultValue("")
    private String lastEventIdHeader;

    /** @return who the reader says it is */
    public String clientId() {
        return clientId;
    }

    /** @return whether it said so in 1 to 200 printable characters */
    public boolean hasClientId() {
        return !clientId.isBlank() && clientId.length() <= MAX_CLIENT_ID && clientId.chars().noneMatch(Character::isISOControl);
    }

    /** @return what it had last; the header, which the browser sets by itself on a reconnect, counts more than the address */
    public String lastEventId() {
        return lastEventIdHeader.isBlank() ? lastEventIdParameter.strip() : lastEventIdHeader.strip();
    }
}

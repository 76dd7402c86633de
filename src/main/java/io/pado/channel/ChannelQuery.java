package io.pado.channel;

import io.pado.platform.Texts;
import io.pado.realtime.sse.ResumeQuery;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/** What a reader of channels may say in its request. */
public class ChannelQuery extends ResumeQuery {

    private static final int MAX_CLIENT_ID = 200;

    @QueryParam("client_id")
    @DefaultValue("")
    private String clientId;

    /** @return who the reader says it is */
    public String clientId() {
        return clientId;
    }

    /** @return whether it said so in 1 to 200 printable characters */
    public boolean hasClientId() {
        return Texts.isVisible(clientId) && clientId.length() <= MAX_CLIENT_ID && Texts.isClean(clientId);
    }
}

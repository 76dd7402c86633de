package io.pado.example;

import io.pado.realtime.StreamClosed;
import io.pado.realtime.StreamOpened;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes which streams of the example opened and closed. */
@Path("facts")
@ApplicationScoped
public class StreamFacts {

    private final List<String> facts = new CopyOnWriteArrayList<>();

    void opened(@Observes StreamOpened fact) {
        if (fact.endpoint().contains("/sse/parcels/")) {
            facts.add("opened " + fact.caller().userId().orElseThrow());
        }
    }

    void closed(@Observes StreamClosed fact) {
        if (fact.endpoint().contains("/sse/parcels/")) {
            facts.add("closed " + fact.caller().userId().orElseThrow() + ' ' + fact.reason().code());
        }
    }

    @GET
    @Produces("text/plain")
    public String all() {
        return String.join("\n", facts);
    }
}

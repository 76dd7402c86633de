package io.pado.lounge;

import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells the readers of the public room what is said. */
@ApplicationScoped
public class LoungeRelay {

    @Inject
    private TransactionalOutbox outbox;

    void posted(@Observes MessagePosted posted) {
        outbox.add(new Publication(LoungeTopic.TOPIC, LoungeTopic.CHAT_MESSAGE, "", Json.text(posted.message()), ""));
    }
}

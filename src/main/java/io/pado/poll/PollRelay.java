package io.pado.poll;

import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells the subscribers of {@code votes} about changed polls. The poll's lock keeps the events of one poll in order. */
@ApplicationScoped
public class PollRelay {

    @Inject
    private TransactionalOutbox outbox;

    void changed(@Observes PollChanged change) {
        PollView poll = change.poll();
        outbox.add(new Publication(VotesTopic.TOPIC, VotesTopic.VOTE_UPDATE, Long.toString(poll.pollId()), Json.text(poll), ""));
    }
}

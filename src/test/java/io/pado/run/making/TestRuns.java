package io.pado.run.making;

import io.pado.realtime.Publication;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.policy.History;
import io.pado.run.RunRequest;
import io.pado.run.WhenBusy;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Runs for tests of the store: of a kind that keeps nothing. */
final class TestRuns {

    private TestRuns() {
    }

    static RunRequest request(String room, WhenBusy busy) {
        return new RunRequest(UUID.randomUUID().toString(), "test", "user:1", "", room, busy, "content", "", Set.of());
    }

    static Run run(RunRequest request) {
        return new Run(request, UUID.randomUUID().toString(), () -> { }, run -> run.end(List.of()));
    }

    static EventLog.Entry entry(Publication publication) {
        return new EventLog.Entry(publication, History.DEFAULT);
    }
}

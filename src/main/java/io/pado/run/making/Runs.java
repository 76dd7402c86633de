package io.pado.run.making;

import io.pado.platform.problem.ProblemException;
import io.pado.realtime.log.LogUnavailable;
import io.pado.run.RunRequest;
import io.pado.run.RunView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs of all nodes: makes them, finds them, asks for their end. Thread-safe; waits for Redis. */
@ApplicationScoped
public class Runs {

    private static final int WAIT_SECONDS = 5;
    private static final int STOP_WAIT_SECONDS = 60;

    @Inject
    private RunStore store;
    @Inject
    private RunKeeper keeper;
    @Inject
    private RunConfig config;

    /**
     * Opens a run. This node makes it; what makes the answer is named by {@link #begin}.
     *
     * @return the run if it is new; empty if the same one was opened before, by whichever node
     * @throws ProblemException 409 if the id was used for something else, or the room is busy and is not to wait; 429 if too many are under way, or
     *                          were asked for lately; 503 if Redis does not answer
     */
    public Optional<Run> open(RunRequest request) {
        if (keeper.isFull() && asked(() -> store.read(request.id())).isEmpty()) {
            throw ProblemException.tooMany("This server makes as many answers as it may; try again when some are there.", WAIT_SECONDS);
        }
        Run run = keeper.prepare(request);
        String[] answer = asked(() -> store.open(request, run.fence(), config.mostOfAddress(), config.mostInAnHour())).split(" ");
        switch (answer[0]) {
            case "opened" -> keeper.take(run);
            case "known" -> requireSame(request);
            case "busy" -> throw ProblemException.conflict("room-busy",
                    "Another answer is under way here. Wait for its end, or send \"whenBusy\": \"enqueue\" or \"interrupt\".");
            case "full" -> throw ProblemException.tooMany("Too many questions wait here for their answer; try again when some are answered.",
                    WAIT_SECONDS);
            case "crowded" -> throw ProblemException.tooMany("Too many questions from your address are being answered; try again when some are answered, or log in.",
                    WAIT_SECONDS);
            case "often" -> throw ProblemException.tooMany("You have asked as much as one may within an hour; try again when that is over.",
                    TimeUnit.MILLISECONDS.toSeconds(Long.parseLong(answer[1])) + 1);
            default -> throw ProblemException.tooMany("Too many of your questions are being answered; try again when some are answered.", WAIT_SECONDS);
        }
        return answer[0].equals("opened") ? Optional.of(run) : Optional.empty();
    }

    /** Has the run's answer made, when it is its turn; if others of its room are to be interrupted, they are now. */
    public void begin(Run run, RunWork work) {
        keeper.begin(run, work);
    }

    /** Takes a run back that was opened just now, because it cannot begin: there is no such run, and there never was one. */
    public void discard(Run run) {
        keeper.leave(run);
        asked(() -> store.discard(run.request()));
    }

    /** @return the run, if there is one of that name; for 24 hours after its last event */
    public Optional<RunView> find(String id) {
        return isId(id) ? asked(() -> store.read(id)) : Optional.empty();
    }

    /** @return those under way in a room, in the order of their turns */
    public List<RunView> inRoom(String room) {
        return asked(() -> under(store.ofRoom(room)));
    }

    /** @return those of an owner that are under way */
    public List<RunView> ofOwner(String owner) {
        return asked(() -> under(store.ofOwner(owner)));
    }

    /**
     * Asks for the end of a run. It comes within a second, as the run's last event; a run that has ended stays as it is. Of a run that is not there yet
     * it is remembered for ten minutes.
     *
     * @param id  of the run; that its owner asks was checked
     * @param who asks, by a name that they cannot choose: {@code user:7}, or their address
     * @return whether there is such a run by now
     * @throws ProblemException 429 if so many stops of theirs are remembered; 503 if Redis does not answer
     */
    public boolean stop(String id, String who) {
        String answer = asked(() -> store.stop(id, "stopped", who, config.mostOfAddress()));
        if (answer.equals("many")) {
            throw ProblemException.tooMany("You have stopped too many answers that nobody has asked for yet; ask first, or try again later.",
                    STOP_WAIT_SECONDS);
        }
        keeper.stopped(id);
        return !answer.equals("unknown");
    }

    /** @return the id of the run that an owner opens under a key of their own */
    public static String idOf(String owner, String key) {
        return UUID.nameUUIDFromBytes((owner + '\n' + key).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** @return whether the text can be the id of a run */
    public static boolean isId(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    private List<RunView> under(Collection<String> ids) {
        return ids.stream().map(store::read).flatMap(Optional::stream).filter(run -> run.ending().isEmpty()).toList();
    }

    private void requireSame(RunRequest request) {
        boolean isSame = asked(() -> store.read(request.id())).map(run -> run.isSame(request)).orElse(true);
        if (!isSame) {
            throw ProblemException.conflict("idempotency-key-reused",
                    "You have used this Idempotency-Key for another request; each needs one of its own.");
        }
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable("Answers cannot be made or found right now; try again in a few seconds.");
        }
    }
}

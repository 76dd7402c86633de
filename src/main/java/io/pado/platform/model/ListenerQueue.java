package io.pado.platform.model;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Between those that make an answer, whose threads must not be held, and its listener. Hands over in order, one call at a time, and the first end
 * only. Takes any number of threads.
 */
public final class ListenerQueue {

    private static final Logger LOG = Logger.getLogger(ListenerQueue.class.getName());

    private final ModelListener listener;
    private final Executor executor;
    private final Runnable giveUp;
    private final StringBuilder waiting = new StringBuilder(); // this and the next three are guarded by this
    private ModelOutcome outcome;
    private boolean running;
    private boolean told;
    private boolean deaf; // of the one task that runs

    /**
     * @param executor on which the listener is called
     * @param giveUp   is called when the listener has thrown: nobody hears the answer any more; must bring an end
     */
    public ListenerQueue(ModelListener listener, Executor executor, Runnable giveUp) {
        this.listener = listener;
        this.executor = executor;
        this.giveUp = giveUp;
    }

    /** Adds text, unless the end is known. */
    public synchronized void text(String piece) {
        if (outcome == null) {
            waiting.append(piece);
            wake();
        }
    }

    /** Ends the answer after the text that waits, unless its end is known already. */
    public synchronized void end(ModelOutcome end) {
        if (outcome == null) {
            outcome = end;
            wake();
        }
    }

    private void wake() {
        if (!running) {
            running = true;
            executor.execute(this::tell);
        }
    }

    private void tell() {
        for (String piece = next(); piece != null; piece = next()) {
            if (piece.isEmpty()) {
                tellEnd();
                return;
            }
            if (!deaf) {
                tell(piece);
            }
        }
    }

    /** @return what waits; the empty text when only the end does; null, and the task is over, when nothing does */
    private synchronized String next() {
        if (waiting.isEmpty()) {
            running = outcome != null && !told;
            told |= running;
            return running ? "" : null;
        }
        String piece = waiting.toString();
        waiting.setLength(0);
        return piece;
    }

    private void tell(String piece) {
        try {
            listener.text(piece);
        } catch (RuntimeException | Error thrown) {
            LOG.log(Level.SEVERE, "A listener of the language model threw; its answer ends", thrown);
            deaf = true;
            giveUp.run();
        }
    }

    private void tellEnd() {
        ModelOutcome end;
        synchronized (this) {
            end = outcome;
        }
        try {
            listener.ended(deaf ? unheard(end) : end);
        } catch (RuntimeException | Error thrown) {
            LOG.log(Level.SEVERE, "A listener of the language model threw at the end of its answer", thrown);
        }
    }

    private static ModelOutcome unheard(ModelOutcome end) {
        return new ModelOutcome(ModelOutcome.Kind.FAILED, end.finishReason(), Optional.of(ModelFailure.internal()), end.usage(), end.firstTextMillis(),
                end.model());
    }
}

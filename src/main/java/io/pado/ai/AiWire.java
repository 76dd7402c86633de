package io.pado.ai;

import io.pado.realtime.Envelope;
import io.pado.realtime.sse.SseFrame;
import io.pado.run.RunView;
import io.pado.run.RunWire;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A run by itself, with the frames of the {@code ai} channel. */
@ApplicationScoped
class AiWire extends RunWire {

    @Override
    public List<SseFrame> snapshot(RunView run) {
        return run.text().isEmpty() ? List.of() : List.of(new SseFrame().data(AiText.snapshot(run.id(), run.pieces(), run.text())));
    }

    @Override
    protected SseFrame content(Envelope event) {
        return new SseFrame().data(AiText.of(event));
    }
}

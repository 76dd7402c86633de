package io.pado.realtime.carrier;

import io.pado.realtime.Frame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/** What goes out in one write. */
final class Buffers {

    /** Bytes of a frame, on average. */
    private static final int SMALL = 1_024;

    private Buffers() {
    }

    /** Small frames are joined, which costs less than telling the system of each; copies of large ones would be most of the garbage. */
    static ByteBuffer[] of(List<Frame> frames, UnaryOperator<byte[]> framing) {
        if (frames.size() == 1) {
            return of(frames.get(0).framed(framing));
        }
        int size = 0;
        for (Frame frame : frames) {
            size += frame.framed(framing).length;
        }
        if (size > frames.size() * SMALL) {
            return frames.stream().map(frame -> ByteBuffer.wrap(frame.framed(framing))).toArray(ByteBuffer[]::new);
        }
        ByteBuffer joined = ByteBuffer.allocate(size);
        frames.forEach(frame -> joined.put(frame.framed(framing)));
        return of(joined.array());
    }

    static ByteBuffer[] of(byte[] bytes) {
        return new ByteBuffer[] {ByteBuffer.wrap(bytes)};
    }
}

package dev.tandem.screen.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest key frame and what followed it, so that a new viewer has the picture at once, even while nothing moves on the
 * screen and no frame comes. Bounded: what has grown beyond the bound is forgotten until the next key frame.
 */
final class LatestPicture {
    static final int MOST_FRAMES = 30;
    static final int MOST_BYTES = 2 * 1024 * 1024;

    private final List<Frame> frames = new ArrayList<>(MOST_FRAMES);
    private int bytes;

    void add(Frame frame) {
        if (frame.header().key()) {
            forget();
        } else if (frames.isEmpty()) {
            return;
        }
        // A key frame is kept whatever its size, which has a bound of its own.
        if (!frame.header().key() && (frames.size() == MOST_FRAMES || bytes + frame.size() > MOST_BYTES)) {
            forget();
            return;
        }
        frames.add(frame);
        bytes += frame.size();
    }

    void forget() {
        frames.clear();
        bytes = 0;
    }

    /** A key frame and all that followed it, or nothing. */
    List<Frame> frames() {
        return List.copyOf(frames);
    }

    int bytes() {
        return bytes;
    }
}

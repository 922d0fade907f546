package dev.tandem.screen;

import java.nio.ByteBuffer;
import java.time.Instant;

import org.osgi.annotation.versioning.ConsumerType;

import dev.tandem.session.ParticipantId;

/**
 * A viewer inside the server, for instance a recorder; see {@link ScreenSharing#watch}. Told by one thread at a time, never
 * under a lock of the relay, in this order: a picture, frames of which the first is a key frame, now and then another picture,
 * and at the end of the share that it is over. Then the next share of the session begins likewise.
 *
 * <p>It may take its time, but not much: as long as it does, what comes waits for it, 60 frames or 2 MB at most. Beyond that it
 * misses frames up to the next key frame, which is asked for. One that throws is told nothing more.
 */
@ConsumerType
public interface FrameSink {
    /**
     * What the frames that follow are. Told before the first of them, at every change and after every interruption of the
     * sender's line; after another codec, and when the sender has come back, the next frame is a key frame.
     *
     * @param at when it was heard, by the clock of this node
     */
    void config(Picture picture, Instant at);

    /**
     * A frame. If its sequence is not that of the frame before plus one it is a key frame.
     *
     * @param header what stood before the chunk; its time of capture is by the sender's clock, its sequence may start again
     *     after an interruption
     * @param chunk the codec's bytes, read-only and shared with everybody who watches: nobody copies them, nobody ever
     *     changes them
     * @param at when it was relayed, by the clock of this node; never before the one of the frame before unless that clock
     *     was set back
     */
    void frame(FrameHeader header, ByteBuffer chunk, Instant at);

    /** The share is over, or this node does not relay it any more. Not told if nothing was shared. */
    void stopped();

    /**
     * What is shared.
     *
     * @param by whose screen it is
     * @param codec a full string of WebCodecs: {@code vp8}
     * @param width pixels
     * @param height pixels
     */
    record Picture(ParticipantId by, String codec, int width, int height) {}
}

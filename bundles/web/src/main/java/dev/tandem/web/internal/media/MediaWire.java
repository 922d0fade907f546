package dev.tandem.web.internal.media;

import java.nio.ByteBuffer;

/** The socket below a media line, with its queue. Thread-safe; nothing blocks. */
public interface MediaWire {
    /**
     * @param gone told once when the frame is not needed any more; not if this returns false
     * @return false if the queue is full
     */
    boolean binary(ByteBuffer frame, Runnable gone);

    /** @return false if the queue is full */
    boolean text(String json);

    /** Bytes that wait to be sent. */
    long waiting();

    /** For how long the client has taken nothing of what waits, nanoseconds; 0 if nothing waits. */
    long stuckFor();

    /** Asks the client for a sign of life. */
    void ping();

    /** Says good-bye with that code, if the client still takes anything, and closes. What still waits is lost. */
    void close(int code, String reason);
}

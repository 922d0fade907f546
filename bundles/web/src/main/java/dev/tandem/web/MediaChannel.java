package dev.tandem.web;

import java.nio.ByteBuffer;
import java.util.UUID;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A kind of media sockets of a session ({@code /media}), published as a service by its slice: frames, input and other
 * messages that never enter the journal. When the service goes its sockets close with code 4410.
 *
 * <p>Of several nodes the sockets of one session come to one, see {@link MediaNodes}.
 */
@ConsumerType
public interface MediaChannel {
    /** Permanent name: {@code screen}. */
    String name();

    /**
     * Whether outside viewers may open sockets of it. Without that they are refused before {@link #ask}, and what they
     * send on one as a frame closes it.
     */
    default boolean viewers() {
        return false;
    }

    /**
     * Somebody asks for a ticket. Who would not be let in is better refused here, before a node takes the session on.
     *
     * @throws ProblemException to refuse; the ticket is not given
     */
    default void ask(Caller caller, UUID session) {}

    /**
     * A socket was opened with a ticket for that channel and session.
     *
     * @param role what the client says it is, as sent with its hello: {@code sender}
     * @throws ProblemException to refuse; the socket closes with 4403 and the problem's code as its reason
     */
    Receiver open(Caller caller, UUID session, String role, Peer peer);

    /** Takes what the client sends. Called by one thread at a time. Throwing a ProblemException closes the socket. */
    @ConsumerType
    interface Receiver {
        /** @param frame the receiver's own from now on: nobody else has its bytes */
        void binary(ByteBuffer frame);

        /** A text message, as sent: not yet parsed, not to be trusted. */
        void text(String json);

        /**
         * Most bytes of a frame from this client, 4 MB at most. A larger one closes the socket with 4413 before it is read.
         * Asked once, after the opening.
         */
        default int largestFrame() {
            return 4 * 1024 * 1024;
        }

        /** The socket is closed; nothing more will be called. */
        void closed();
    }

    /** The client's side. Thread-safe; never blocks. */
    @ProviderType
    interface Peer {
        /**
         * Queues a frame.
         *
         * @param frame not changed by anybody afterwards: it is shared, not copied
         * @return false if the queue is full and the frame was dropped
         */
        default boolean binary(ByteBuffer frame) {
            return binary(frame, () -> {});
        }

        /**
         * Queues a frame and tells when it is not needed any more.
         *
         * @param frame not changed by anybody before {@code gone} was called: it is shared, not copied
         * @param gone called once, on any thread, when the frame has been sent or given up; must return at once. Not called
         *     if this returns false
         * @return false if the queue is full and the frame was dropped
         */
        boolean binary(ByteBuffer frame, Runnable gone);

        /** Queues a text. @return false if the queue is full and the text was dropped */
        boolean text(String json);

        /** How many bytes wait to be sent. */
        long waiting();

        /** Closes the socket with a code of RFC 6455, 4000 to 4999 for our own, and a word for programs. */
        void close(int code, String reason);
    }
}

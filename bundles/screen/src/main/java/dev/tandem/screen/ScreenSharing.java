package dev.tandem.screen;

import java.util.Optional;
import java.util.Set;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** Tells what is shared on this node, and lets the server itself watch. Starting and stopping is for those who do it, by REST. A service. */
@ProviderType
public interface ScreenSharing {
    /**
     * What is shared in that session now, or empty if nothing is. Who may know is for the caller to judge. If another node
     * relays it only the person is known here, the line is WAITING, and the figures are 0.
     */
    Optional<Shared> shared(SiteId site, SessionId session);

    /** What has passed since that session's screen was first shared on this node; empty if this node does not relay it. */
    Optional<Traffic> traffic(SiteId site, SessionId session);

    /**
     * Lets a sink watch whatever is shared in that session and relayed by this node, now and later, until the watching is
     * closed. It counts as somebody who looks, so that the sender encodes, but as no page, and never sets the pace while
     * people look. What others of the session may see is judged by the relay; whether this sink may is for the caller to judge.
     *
     * @param codecs families of codecs that it takes ({@code vp8}, {@code vp9}, {@code h264}, {@code av1}). The sender is asked
     *     for one that all viewers take; frames of another one, as long as they come, are kept from the sink
     * @throws IllegalArgumentException if there is none, or one that is not known
     */
    Watching watch(SiteId site, SessionId session, FrameSink sink, Set<String> codecs);

    /** A sink that watches. */
    interface Watching extends AutoCloseable {
        /**
         * Asks for a key frame, if something is shared here; until it comes the sink is told no frame. For who has missed
         * something, or wants one to seek to.
         */
        void key();

        /**
         * Ends it; twice does no harm. The sink hears nothing more when this returns, except that a call that is under way
         * on another thread may still be.
         */
        @Override
        void close();
    }

    /** The node's counters since the bundle started. They only ascend. */
    Counters counters();

    /**
     * A screen that is shared.
     *
     * @param by whose screen it is
     * @param line how the line to the sender is
     * @param width pixels of the picture, 0 until the first frame
     * @param height pixels of the picture, 0 until the first frame
     * @param viewers pages that are watching
     */
    record Shared(ParticipantId by, Line line, int width, int height, int viewers) {}

    /** WAITING, then LIVE, which may alternate with INTERRUPTED. */
    enum Line {
        /** The sender has not come yet, or not to this node. */
        WAITING,
        LIVE,
        /** The sender's line is lost; sharing stops by itself if it does not come back within seconds. */
        INTERRUPTED
    }

    /**
     * What has passed in one session.
     *
     * @param counters of this session alone
     * @param viewers pages that are watching
     * @param looking those of them that somebody can see
     */
    record Traffic(Counters counters, int viewers, int looking) {}

    /**
     * Counters.
     *
     * @param received frames that were received and accepted
     * @param receivedBytes their bytes
     * @param refused frames that were refused, with their socket
     * @param relayed frames handed on, one for each viewer
     * @param dropped frames not handed on because a viewer did not keep up, one for each viewer
     * @param keysAsked key frames asked for
     */
    record Counters(long received, long receivedBytes, long refused, long relayed, long dropped, long keysAsked) {}
}

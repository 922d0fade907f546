package dev.tandem.call;

import java.util.List;
import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** The calls of the sessions whose media this node arranges. A service. */
@ProviderType
public interface Calls {
    /** The most pages in one call. */
    int MOST = 6;

    /** Who is in the call of that session; empty if there is none, or another node arranges it. */
    Optional<Ongoing> ongoing(SiteId site, SessionId session);

    /** A call. */
    record Ongoing(List<Party> peers) {
        public Ongoing {
            peers = List.copyOf(peers);
        }
    }

    /**
     * A page in a call.
     *
     * @param audio whether the microphone is on
     * @param video whether the camera is on
     */
    record Party(long id, ParticipantId participant, boolean audio, boolean video) {}
}

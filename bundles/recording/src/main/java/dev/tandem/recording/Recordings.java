package dev.tandem.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;

/** Tells which recordings there are. Asks nobody whether the reader may: that is up to the caller. A service. */
@ProviderType
public interface Recordings {
    /** How many are listed at a time. */
    int LONGEST_PAGE = 100;

    /** The recording of that id. */
    Optional<Recording> find(SiteId site, RecordingId recording);

    /** Those of a session, the oldest first, {@value #LONGEST_PAGE} at most. */
    List<Recording> of(SiteId site, SessionId session);

    /**
     * Those of a site that have begun, the latest first; removed ones are not among them.
     *
     * @param before begun before then
     * @param most 1 to {@link #LONGEST_PAGE}
     */
    List<Recording> before(SiteId site, Instant before, int most);
}

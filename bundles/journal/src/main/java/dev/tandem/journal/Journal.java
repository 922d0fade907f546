package dev.tandem.journal;

import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;

/** Opens kinds of streams. One service per node. */
@ProviderType
public interface Journal {
    /**
     * Opens a kind of stream until the returned handle is closed, which a slice does when it stops. Deadlines of its
     * streams that fell due meanwhile fire soon after.
     *
     * @throws IllegalStateException if that kind is open already
     */
    <S, E> Streams<S, E> open(StreamKind<S, E> kind);

    /** The text behind a reference, or empty if it has been erased. */
    Optional<String> personal(SiteId site, Personal.Ref ref);

    /**
     * Forgets a person: deletes text and salt of every personal row of that subject and lets every open kind delete its
     * read-model copies. The events and their hashes stay as they are, and the chain still verifies.
     *
     * @return how many personal rows were deleted
     */
    long erase(SiteId site, String subject);

    /** Recomputes every hash of the site from the stored bytes. Reads the whole journal of the site. */
    Verification verify(SiteId site);

    /**
     * What a verification found.
     *
     * @param events how many events were read
     * @param firstFault the first thing that does not fit, in words, or empty if all is well
     */
    record Verification(long events, Optional<String> firstFault) {
        /** Whether all fits. */
        public boolean ok() {
            return firstFault.isEmpty();
        }
    }
}

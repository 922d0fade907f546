package dev.tandem.filetransfer;

import java.io.IOException;
import java.io.InputStream;

import org.osgi.annotation.versioning.ConsumerType;

import dev.tandem.platform.SiteId;

/**
 * Looks at every file before it is offered. All inspectors that are there are asked, one after the other, and each has to let
 * it pass. Called by threads of its own, for several files at once; it may block.
 */
@ConsumerType
public interface FileInspector {
    /** Permanent name, in settings and in what people are told: {@code clamav}. */
    String name();

    /**
     * Looks at a file.
     *
     * @throws IOException if it cannot be done just now; the site's setting says whether the file passes then. The same holds
     *     for any exception, and where no answer comes for minutes
     */
    Verdict inspect(InspectedFile file) throws IOException;

    /** A whole file. */
    interface InspectedFile {
        /** The session's site. */
        SiteId site();

        /** Its last name, made harmless. */
        String name();

        /** Media type, by name and content. */
        String type();

        /** Bytes. */
        long size();

        /** Its bytes from the beginning; to be closed. */
        InputStream open() throws IOException;
    }

    /**
     * What was found.
     *
     * @param passes whether it may pass
     * @param finding what was found, for the log and the agents: {@code Eicar-Signature}; empty if nothing
     */
    record Verdict(boolean passes, String finding) {
        /** Nothing was found. */
        public static final Verdict CLEAN = new Verdict(true, "");

        /** That was found. */
        public static Verdict found(String finding) {
            return new Verdict(false, finding);
        }
    }
}

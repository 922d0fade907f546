package dev.tandem.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** What customers' computers say of themselves. A service. */
@ProviderType
public interface SystemInformation {
    /** The capability that a customer consents to. */
    String CAPABILITY = "system-information";

    /** The most items of a report. */
    int MOST_ITEMS = 64;

    /** The longest value, in code points. */
    int LONGEST_VALUE = 300;

    /** The last report of that customer, as long as the consent holds or held to the session's end. */
    Optional<Report> latest(SiteId site, SessionId session, ParticipantId of);

    /**
     * Asks for a fresh report of the customer who is being helped. Without a consent the customer is asked for one, and the
     * page reports by itself once it is given.
     *
     * @param by the agent in control
     * @return refused with FORBIDDEN {@code not-controller}, CONFLICT {@code nobody-assisted} or {@code session-ended},
     *     UNKNOWN if the agent is not in the session
     */
    Answer<None> refresh(SiteId site, SessionId session, ParticipantId by, UUID command);

    /**
     * What a computer said.
     *
     * @param of whose it is
     * @param at when it was received
     */
    record Report(ParticipantId of, Instant at, List<Item> items) {
        public Report {
            items = List.copyOf(items);
        }
    }

    /**
     * One line of it.
     *
     * @param key a word for programs, lower case with dots and dashes: {@code screen.size}
     * @param value for people; may be in the customer's language
     */
    record Item(String key, String value) {}
}

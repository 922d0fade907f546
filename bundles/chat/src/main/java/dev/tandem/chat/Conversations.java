package dev.tandem.chat;

import java.util.List;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;

/**
 * Reads conversations, also those of ended sessions. Asks nobody whether the reader may: that is up to the caller. A
 * service.
 */
@ProviderType
public interface Conversations {
    /** How much is read at a time. */
    int LONGEST_PAGE = 200;

    /**
     * The messages after a number, in order.
     *
     * @param number the last one seen, 0 for none
     * @param most 1 to {@link #LONGEST_PAGE}
     */
    Page after(SiteId site, SessionId session, long number, int most);

    /**
     * Messages that follow each other.
     *
     * @param number the number of the conversation's last message, 0 while there is none; there is more to read if the
     *     last message of this page has a lower one
     */
    record Page(List<ChatMessage> messages, long number) {
        public Page {
            messages = List.copyOf(messages);
        }
    }
}

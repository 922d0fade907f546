package dev.tandem.platform;

import java.util.Locale;
import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tells an agent something outside any tab, at whatever node the agent's desktop hangs. Implemented by the platform; best
 * effort, never an exception, and returns within the time of a write to its database.
 */
@ConsumerType
public interface Notifier {
    /** Tells it to the agent, now or when the agent is there again; nobody answers whether it was read. */
    void tell(SiteId site, AgentId agent, Notice notice);

    /**
     * A short notice.
     *
     * @param texts the text by language; English is always there
     * @param urgent true for what must not wait until the agent looks
     */
    record Notice(Map<Locale, String> texts, boolean urgent) {
        public Notice {
            texts = Map.copyOf(texts);
            if (!texts.containsKey(Locale.ENGLISH)) {
                throw new IllegalArgumentException("a notice has at least an English text");
            }
        }
    }
}

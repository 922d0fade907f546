package dev.tandem.web;

import java.util.Map;
import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A web panel. Bundles with a {@code Tandem-Modules} header need not publish it themselves: their {@code tandem.json}
 * names their panels and the web bundle publishes them while the bundle is active. Open pages hear of it at once.
 */
@ConsumerType
public interface Panel {
    /** Permanent name, unique: {@code chat}. */
    String id();

    /** Name of the custom element that the module defines. Changes with the module's content. */
    String element();

    /** Absolute path of the ES module, with the hash of its content in it. */
    String module();

    /**
     * Where it stands: {@code stage} and {@code side} beside the agent, {@code side-later} there once it has said that it has
     * something to show, {@code bar} in the agent's toolbar, {@code transfer}
     * in the dialog in which the agent hands the session over, {@code ended} in what the agent sees once the session has
     * ended; {@code customer-stage}, {@code customer-side} and {@code customer-bar} in the customer's page,
     * {@code customer-wait} there while no agent has the session; {@code viewer-stage} and {@code viewer-bar} in the page of
     * somebody who may only look.
     */
    String place();

    /** Ascending order within the place. */
    int rank();

    /** Title by language tag. */
    Map<String, String> titles();

    /** What it needs a customer's consent for, and in which words; empty if for nothing. */
    default Optional<Capability> capability() {
        return Optional.empty();
    }

    /**
     * Something that a customer allows, and how it is put in plain words.
     *
     * @param name as the session's consents have it: {@code recording}
     * @param ask what the customer is asked, by language tag: {@code {names}} stands for who asks
     * @param on what the customer reads while it is on, by language tag
     */
    record Capability(String name, Map<String, String> ask, Map<String, String> on) {
        public Capability {
            ask = Map.copyOf(ask);
            on = Map.copyOf(on);
        }
    }
}

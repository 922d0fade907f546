package dev.tandem.web;

import java.util.Map;

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

    /** Where it stands: {@code stage}, {@code side}, {@code customer-stage}, {@code customer-side}. */
    String place();

    /** Ascending order within the place. */
    int rank();

    /** Title by language tag. */
    Map<String, String> titles();
}

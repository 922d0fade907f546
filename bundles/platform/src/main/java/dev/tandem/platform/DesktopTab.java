package dev.tandem.platform;

import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A tab for the agents' desktop. Published as a service by Tandem or an integrator; the platform offers it on each
 * active interaction, loads {@link #module()} when the agent opens it, makes an element of the name {@link #element()},
 * and sets its property {@code interaction} to {@code {id, kind, state, customer: {name, address}}} whenever that
 * changes. When the service goes, the platform removes the element from pages that are open.
 *
 * <p>The element tells the platform by bubbling, composed events: {@code tandem-close} (the agent is done, close the
 * tab) and {@code tandem-badge} with {@code detail.text} (a short state for the tab's label, empty for none).
 */
@ConsumerType
public interface DesktopTab {
    /** Permanent name, to remember what was open: {@code remote-support}. */
    String id();

    /** Name of the custom element that the module defines. Changes with the module's content. */
    String element();

    /** Absolute path of the ES module, with the hash of its content in it. */
    String module();

    /** Ascending from left to right. */
    int rank();

    /** Title by language tag; {@code en} is always there. */
    Map<String, String> titles();
}

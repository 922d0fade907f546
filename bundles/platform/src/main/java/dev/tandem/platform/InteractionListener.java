package dev.tandem.platform;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told by the platform, in order for each interaction, after it has changed. Published by whoever wants to know.
 *
 * <p>Of several nodes that share a database each tells its own listeners, so every change is heard once on every node, and on
 * none that was not there then. Who does something about it that must happen once does it by a command whose id follows from
 * the interaction and its state, which the journal takes once.
 */
@ConsumerType
public interface InteractionListener {
    /** An interaction has arrived, was taken, or has ended. Returns soon; an exception is logged and goes no further. */
    void interactionChanged(Interaction now);
}

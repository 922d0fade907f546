package dev.tandem.platform;

import org.osgi.annotation.versioning.ConsumerType;

/** Told by the platform, in order for each interaction, after it has changed. Published by whoever wants to know. */
@ConsumerType
public interface InteractionListener {
    /** An interaction has arrived, was taken, or has ended. Returns soon; an exception is logged and goes no further. */
    void interactionChanged(Interaction now);
}

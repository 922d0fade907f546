package dev.tandem.platform;

import org.osgi.annotation.versioning.ConsumerType;

/** Told by the platform, in order for each interaction, after it has changed. Published by whoever wants to know. */
@ConsumerType
public interface InteractionListener {
    void interactionChanged(Interaction now);
}

package dev.tandem.platform;

import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Recognises a signed-in agent by a request. Implemented by the platform; asked at every request and socket, so an
 * answer should not need a network call. Tandem has no sign-in of its own for agents.
 */
@ConsumerType
public interface AgentSignIn {
    /** The agent who sent this, or empty if nobody is signed in or the sign-in has expired. */
    Optional<Agent> recognise(Credentials credentials);
}

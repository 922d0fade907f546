package dev.tandem.platform;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The platform's own calls, as far as a session's control concerns them. Implemented by a platform that owns its calls; optional:
 * without it a call goes on whatever happens to the session.
 */
@ConsumerType
public interface VoiceCalls {
    /** What becomes of the call. */
    enum Outcome {
        GOES_ON,
        /** The platform has ended it, or it had ended, and tells whom it concerns why. */
        ENDED
    }

    /**
     * In the session on that call another agent has got control. A call goes on if that agent can talk, else it ends: which of both,
     * only the platform knows, and it sees to it before it answers.
     *
     * <p>Told once among all nodes as a rule, and again after a failure, so a repeat has to mean the same.
     *
     * @param call an interaction of kind {@link Interaction.Kind#CALL}
     * @param to who has control now
     */
    Outcome controlPassed(SiteId site, InteractionId call, AgentId to);
}

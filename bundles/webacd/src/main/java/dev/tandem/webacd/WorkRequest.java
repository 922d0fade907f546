package dev.tandem.webacd;

import java.util.Map;
import java.util.Optional;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/**
 * What is to be routed. Name, reason and answers are personal: they are kept where they can be erased.
 *
 * @param source the {@link WorkSource#kind() kind} of the source, such as {@code transfer}
 * @param sourceId what the source calls it, 1 to 128 characters; events bring it back
 * @param name of the customer; may be empty
 * @param company of the customer; may be empty
 * @param language of the customer, such as {@code fr}; may be empty
 * @param attributes what rules may ask for, such as {@code os}
 * @param priority 0 to 9, higher is more urgent
 * @param skills that an agent must have, each with its least level, 1 to 10
 * @param reason a message for the agent, at most {@link #LONGEST_REASON} code points; may be empty
 * @param answers of the entry form, by the field's key
 * @param preferred who has helped this customer last; such an agent is waited for as long as the queue says
 */
public record WorkRequest(
        SiteId site,
        String source,
        String sourceId,
        Target target,
        String name,
        String company,
        String language,
        Map<String, String> attributes,
        int priority,
        Map<String, Integer> skills,
        String reason,
        Map<String, String> answers,
        Optional<AgentId> preferred) {
    /** The longest reason, in code points. */
    public static final int LONGEST_REASON = 345;

    /** The highest priority. */
    public static final int HIGHEST_PRIORITY = 9;

    /** The highest level of a skill. */
    public static final int HIGHEST_LEVEL = 10;

    public WorkRequest {
        attributes = Map.copyOf(attributes);
        skills = Map.copyOf(skills);
        answers = Map.copyOf(answers);
        if (priority < 0 || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("a priority is 0 to " + HIGHEST_PRIORITY + ", not " + priority);
        }
        if (skills.values().stream().anyMatch(level -> level < 1 || level > HIGHEST_LEVEL)) {
            throw new IllegalArgumentException("a skill's level is 1 to " + HIGHEST_LEVEL + ": " + skills);
        }
    }
}

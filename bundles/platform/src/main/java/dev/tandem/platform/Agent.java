package dev.tandem.platform;

import java.util.Set;

/**
 * An agent as the platform knows them.
 *
 * @param name what customers and colleagues see
 * @param roles what the agent may do; every agent has {@link Role#AGENT}
 */
public record Agent(SiteId site, AgentId id, String name, Set<Role> roles) {

    /** What an agent may do. */
    public enum Role {
        /** Helps customers. */
        AGENT,
        /** Also watches queues and colleagues of the site. */
        SUPERVISOR,
        /** Also changes the site's settings. */
        ADMINISTRATOR
    }

    public Agent {
        roles = Set.copyOf(roles);
    }

    /** Whether the agent may do what that role may. */
    public boolean has(Role role) {
        return roles.contains(role);
    }
}

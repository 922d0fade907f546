package dev.tandem.session.internal;

import java.util.Optional;

import dev.tandem.journal.EventTypes;

/** What is stored of an agent's options. Shapes are for ever: fields are only added. */
sealed interface AgentFact {
    EventTypes<AgentFact> TYPES = EventTypes.<AgentFact>none()
            .with("session-options.chosen.v1", Chosen.class)
            .with("session-options.allowed.v1", Allowed.class);

    /** The options after it. */
    AgentOptions.Stored on(AgentOptions.Stored before);

    /** The agent's own choice; it counts where the site lets agents choose. */
    record Chosen(String agent, Mode mode) implements AgentFact {
        @Override
        public AgentOptions.Stored on(AgentOptions.Stored before) {
            return new AgentOptions.Stored(Optional.of(mode), before.fixed(), before.customers());
        }
    }

    /**
     * What an administrator has set for this agent.
     *
     * @param mode empty: as the site says
     * @param customers empty: as the site says
     */
    record Allowed(String agent, Optional<Mode> mode, Optional<Long> customers) implements AgentFact {
        @Override
        public AgentOptions.Stored on(AgentOptions.Stored before) {
            return new AgentOptions.Stored(before.chosen(), mode, customers);
        }
    }
}

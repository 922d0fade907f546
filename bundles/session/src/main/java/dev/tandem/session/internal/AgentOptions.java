package dev.tandem.session.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal.Reason;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/**
 * How many sessions an agent may have at once, and how many customers may be helped in them: what an administrator has set
 * for the agent, else what the site says, else what the agent has chosen.
 */
@Component(service = AgentOptions.class)
public final class AgentOptions {
    private final Streams<Stored, AgentFact> streams;
    private final Settings settings;

    /**
     * What has been said of one agent.
     *
     * @param chosen by the agent
     * @param fixed by an administrator
     * @param customers by an administrator
     */
    public record Stored(Optional<Mode> chosen, Optional<Mode> fixed, Optional<Long> customers) {
        static final Stored NOTHING = new Stored(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * What holds for one agent.
     *
     * @param customers the largest number helped at once, over all sessions that the agent controls
     * @param choosable whether the agent may choose the mode
     */
    public record Effective(Mode mode, long customers, boolean choosable) {}

    private static final class Kind implements StreamKind<Stored, AgentFact> {
        @Override
        public String name() {
            return "session-options";
        }

        @Override
        public EventTypes<AgentFact> events() {
            return AgentFact.TYPES;
        }

        @Override
        public Stored initial() {
            return Stored.NOTHING;
        }

        @Override
        public Stored evolve(Stored state, AgentFact event) {
            return event.on(state);
        }
    }

    @Activate
    public AgentOptions(@Reference Journal journal, @Reference Settings settings) {
        this.settings = settings;
        this.streams = journal.open(new Kind());
    }

    @Deactivate
    void close() {
        streams.close();
    }

    /** What has been said of the agent. */
    public Stored stored(SiteId site, AgentId agent) {
        return streams.load(site, stream(agent)).state();
    }

    /** What holds for the agent now. */
    public Effective of(SiteId site, AgentId agent) {
        var stored = stored(site, agent);
        var ofSite = settings.mode(site);
        var mode = stored.fixed().or(() -> ofSite).or(stored::chosen).orElse(Mode.MULTI);
        boolean choosable = stored.fixed().isEmpty() && ofSite.isEmpty();
        return new Effective(mode, stored.customers().orElseGet(() -> settings.customers(site)), choosable);
    }

    /** @return refused with FORBIDDEN {@code mode-fixed} where the administration decides */
    public Answer<None> choose(SiteId site, AgentId agent, Mode mode, UUID command) {
        var ofSite = settings.mode(site);
        return execute(site, agent, command, "agent:" + agent, (state, now) -> {
            if (state.fixed().isPresent() || ofSite.isPresent()) {
                return Decision.refuse(Reason.FORBIDDEN, "mode-fixed", "The administration has decided this.");
            }
            return state.chosen().equals(Optional.of(mode))
                    ? Decision.nothing()
                    : Decision.accept(List.of(new AgentFact.Chosen(agent.value(), mode)));
        });
    }

    /**
     * Sets both, or puts back to what the site says what is empty.
     *
     * @param customers within {@link Settings#CUSTOMERS}' bounds, else refused with INVALID {@code customers-value}
     */
    public Answer<None> allow(
            SiteId site, AgentId agent, Optional<Mode> mode, Optional<Long> customers, UUID command, String actor) {
        return execute(site, agent, command, actor, (state, now) -> {
            if (customers.filter(n -> n < 1 || n > Settings.MOST_CUSTOMERS).isPresent()) {
                return Decision.refuse(
                        Reason.INVALID,
                        "customers-value",
                        "An agent helps 1 to " + Settings.MOST_CUSTOMERS + " customers at once.");
            }
            return state.fixed().equals(mode) && state.customers().equals(customers)
                    ? Decision.nothing()
                    : Decision.accept(List.of(new AgentFact.Allowed(agent.value(), mode, customers)));
        });
    }

    private Answer<None> execute(
            SiteId site, AgentId agent, UUID command, String actor, Streams.Decider<Stored, AgentFact, None> decider) {
        return streams.execute(new Command<>(site, stream(agent), command, actor, None.class), decider);
    }

    private static UUID stream(AgentId agent) {
        return UUID.nameUUIDFromBytes(("session-options/" + agent).getBytes(StandardCharsets.UTF_8));
    }
}

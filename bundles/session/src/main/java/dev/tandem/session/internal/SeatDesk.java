package dev.tandem.session.internal;

import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.platform.Agent;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** Seats for further customers of a session. */
@Component(service = SeatDesk.class)
public final class SeatDesk {
    private final SessionStreams streams;
    private final Views views;
    private final Pins pins;
    private final AgentOptions options;
    private final Ids ids;

    @Activate
    public SeatDesk(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference Pins pins,
            @Reference AgentOptions options,
            @Reference Ids ids) {
        this.streams = streams;
        this.views = views;
        this.pins = pins;
        this.options = options;
        this.ids = ids;
    }

    /** One more seat, with a PIN of its own. */
    public AgentView more(Agent agent, UUID session, UUID command) {
        open(agent, session, command);
        return views.after(agent, session);
    }

    /**
     * One more seat.
     *
     * @return its id; a repeat of the command gets the first one
     * @throws ProblemException 409 {@code too-many-customers}, 403 {@code not-controller}, 404 for who is not in it
     */
    UUID open(Agent agent, UUID session, UUID command) {
        var site = agent.site();
        var me = streams.load(site, session).state().agent(agent.id()).orElseThrow(Views::unknown);
        var seat = pins.open(
                site, ids.next(), hash -> streams.tables().place(site, hash).isPresent());
        var limit = options.of(site, agent.id()).customers();
        var elsewhere = streams.helped().elsewhere(site, agent.id(), session);
        var actor = new Caller.OfAgent(agent).actor();
        return streams.execute(
                        new Command<>(site, session, command, actor, SeatRules.Opened.class),
                        (state, now) -> SeatRules.open(state, me.id(), seat, elsewhere, limit))
                .orElseThrow(ProblemException::refused)
                .seat();
    }
}

package dev.tandem.session.internal;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Sealer;
import dev.tandem.platform.Agent;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;

/** Outside viewers: their links, and their coming by them (B19). */
@Component(service = ViewerDesk.class)
public final class ViewerDesk {
    /** The longest name, in code points. */
    public static final int LONGEST_NAME = CustomerDesk.LONGEST_NAME;

    private final SessionStreams streams;
    private final Views views;
    private final ViewerLinks viewers;
    private final Links texts;
    private final Ids ids;
    private final Sealer sealer;

    /** A viewer who was let in. */
    public record Admitted(Caller.OfViewer viewer, String token) {}

    @Activate
    public ViewerDesk(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference ViewerLinks viewers,
            @Reference Links texts,
            @Reference Ids ids,
            @Reference Sealer sealer) {
        this.streams = streams;
        this.views = views;
        this.viewers = viewers;
        this.texts = texts;
        this.ids = ids;
        this.sealer = sealer;
    }

    /**
     * Makes a link. Only the controller may.
     *
     * @param name what the viewer is called; else a word of that language
     */
    public AgentView invite(
            Agent agent, UUID session, Optional<String> name, Locale language, URI publicUrl, UUID command) {
        var me = views.own(agent, session);
        var viewer = ids.next();
        var sealed = sealer.seal("viewer:" + viewer, name.orElseGet(() -> texts.viewer(language)));
        var link = viewers.invite(agent.site(), viewer, sealed.ref(), publicUrl + "/v/");
        execute(agent, session, command, (state, now) -> ViewerRules.invite(state, me, link, sealed));
        return views.after(agent, session);
    }

    /** Makes a link dead; who came by it is out at once. Only the controller may. */
    public AgentView revoke(Agent agent, UUID session, UUID viewer, UUID command) {
        var me = views.own(agent, session);
        execute(agent, session, command, (state, now) -> ViewerRules.revoke(state, me, viewer));
        return views.after(agent, session);
    }

    /** Whether it is the token of a link that is alive, which nobody can guess. */
    public boolean knows(String typed) {
        return viewers.find(typed).isPresent();
    }

    /**
     * Lets a viewer in by a link.
     *
     * @param typed what was sent, be it nonsense
     * @return empty for whatever does not admit
     */
    public Optional<Admitted> open(String typed, UUID command) {
        return viewers.find(typed).flatMap(found -> {
            var viewer = new Caller.OfViewer(found.site(), found.session(), found.viewer());
            var answer = streams.execute(
                    new Command<>(found.site(), found.session(), command, viewer.actor(), None.class),
                    (state, now) -> ViewerRules.open(state, found.viewer()));
            if (answer instanceof Answer.Refused<None> refused) {
                if (refused.refusal().reason() == Refusal.Reason.BUSY) {
                    throw ProblemException.refused(refused.refusal());
                }
                return Optional.empty();
            }
            return Optional.of(new Admitted(viewer, viewers.token(found.site(), found.viewer())));
        });
    }

    private void execute(
            Agent agent,
            UUID session,
            UUID command,
            dev.tandem.journal.Streams.Decider<SessionState, Fact, None> decider) {
        var actor = new Caller.OfAgent(agent).actor();
        streams.execute(new Command<>(agent.site(), session, command, actor, None.class), decider)
                .orElseThrow(ProblemException::refused);
    }
}

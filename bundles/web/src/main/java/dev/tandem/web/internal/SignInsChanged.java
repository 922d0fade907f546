package dev.tandem.web.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Announcements;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SignInListener;
import dev.tandem.platform.SiteId;
import dev.tandem.web.internal.live.LiveHub;
import dev.tandem.web.internal.media.MediaHub;

/**
 * Closes what is open in the name of an agent whose sign-ins have changed, on every node, and takes tickets back. A page that is still signed in is
 * back within a moment, with a ticket that knows what the agent may do now; one that is not gets none.
 */
@Component(service = {SignInListener.class, Announcements.Listener.class})
public final class SignInsChanged implements SignInListener, Announcements.Listener {
    static final String ABOUT = "web.sign-ins";

    private static final Logger LOG = LoggerFactory.getLogger(SignInsChanged.class);

    private final LiveHub live;
    private final MediaHub media;
    private final Tickets tickets;
    private final Announcements announcements;

    @Activate
    public SignInsChanged(
            @Reference LiveHub live,
            @Reference MediaHub media,
            @Reference Tickets tickets,
            @Reference Announcements announcements) {
        this.tickets = tickets;
        this.live = live;
        this.media = media;
        this.announcements = announcements;
    }

    @Override
    public void signInChanged(SiteId site, AgentId agent) {
        try {
            tickets.forget(site, agent);
        } catch (RuntimeException e) {
            LOG.warn("Tickets of {}, whose sign-ins have changed, could not be taken back", agent, e);
        }
        try {
            announcements.announce(site, ABOUT + "/" + agent);
        } catch (RuntimeException e) {
            LOG.warn("Other nodes could not be told that the sign-ins of {} have changed", agent, e);
            announced(site, agent.value());
        }
    }

    @Override
    public String about() {
        return ABOUT;
    }

    @Override
    public void announced(SiteId site, String detail) {
        var agent = new AgentId(detail);
        media.askAgain(site, agent);
        live.askAgain(site, agent);
    }

    @Override
    public void missed() {
        media.askAllAgain();
        live.askAllAgain();
    }
}

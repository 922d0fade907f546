package dev.tandem.reference.platform.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Announcements;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/** What another node has changed: forgets what was found here, rings for the desktops that hang here. */
@Component(service = Announcements.Listener.class)
public final class NodeEcho implements Announcements.Listener {
    private static final String ABOUT = "platform";
    private static final String DESKTOP = "desktop";
    private static final String AGENT = "agent/";

    private final Bell bell;
    private final Directory directory;
    private final SignIn signIn;

    @Activate
    public NodeEcho(@Reference Bell bell, @Reference Directory directory, @Reference SignIn signIn) {
        this.bell = bell;
        this.directory = directory;
        this.signIn = signIn;
    }

    /** Something on the desktops of a site that is no event. */
    static String ofDesktop() {
        return ABOUT + "/" + DESKTOP;
    }

    /** What an agent may do, or who is signed in in that name. */
    static String of(AgentId agent) {
        return ABOUT + "/" + AGENT + agent;
    }

    @Override
    public String about() {
        return ABOUT;
    }

    @Override
    public void announced(SiteId site, String detail) {
        if (detail.equals(DESKTOP)) {
            bell.changed(site);
        } else if (detail.startsWith(AGENT)) {
            var agent = new AgentId(detail.substring(AGENT.length()));
            directory.forget(site, agent);
            signIn.forget(site, agent);
        }
    }

    @Override
    public void missed() {
        directory.forgetAll();
        signIn.forgetAll();
        bell.everybody();
    }
}

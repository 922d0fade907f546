package dev.tandem.web.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SignInListener;
import dev.tandem.platform.SiteId;
import dev.tandem.web.internal.live.LiveHub;
import dev.tandem.web.internal.media.MediaHub;

/**
 * Closes what is open in the name of an agent whose sign-ins have changed. A page that is still signed in is back within a
 * moment, with a ticket that knows what the agent may do now; one that is not gets none.
 */
@Component(service = SignInListener.class)
public final class SignInsChanged implements SignInListener {
    private final LiveHub live;
    private final MediaHub media;

    @Activate
    public SignInsChanged(@Reference LiveHub live, @Reference MediaHub media) {
        this.live = live;
        this.media = media;
    }

    @Override
    public void signInChanged(SiteId site, AgentId agent) {
        media.askAgain(site, agent);
        live.askAgain(site, agent);
    }
}

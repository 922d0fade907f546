package dev.tandem.screen.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The bounds of this node's relay. A change holds for screens that are shared from then on. */
@Component(service = RelayConfig.class, configurationPid = "dev.tandem.screen")
@Designate(ocd = RelayConfig.Config.class)
public final class RelayConfig {
    @ObjectClassDefinition(name = "Tandem screen", description = "Bounds of the relay on this node.")
    public @interface Config {
        @AttributeDefinition(
                name = "Frames per second",
                description = "Who sends more frames or texts than this in a second is cut off.",
                min = "30")
        int perSecond() default 240;

        @AttributeDefinition(
                name = "Sender's window",
                description = "Who sends more frames than this without waiting for an acknowledgement is cut off.",
                min = "4")
        int senderWindow() default 16;

        @AttributeDefinition(
                name = "Viewer's window",
                description = "A viewer who has so many frames not acknowledged misses some.",
                min = "4")
        int viewerWindow() default 60;
    }

    /**
     * @param perSecond frames, and texts, of one socket
     * @param senderWindow frames that a sender has sent and we have not acknowledged
     * @param viewerWindow frames that a viewer was sent and has not acknowledged
     */
    record Limits(int perSecond, int senderWindow, int viewerWindow) {
        static final Limits USUAL = new Limits(240, 16, 60);

        Limits {
            perSecond = Math.max(30, perSecond);
            senderWindow = Math.max(4, senderWindow);
            viewerWindow = Math.max(4, viewerWindow);
        }
    }

    private volatile Limits limits;

    @Activate
    public RelayConfig(Config config) {
        modified(config);
    }

    RelayConfig(Limits limits) {
        this.limits = limits;
    }

    @Modified
    void modified(Config config) {
        limits = new Limits(config.perSecond(), config.senderWindow(), config.viewerWindow());
    }

    Limits limits() {
        return limits;
    }
}

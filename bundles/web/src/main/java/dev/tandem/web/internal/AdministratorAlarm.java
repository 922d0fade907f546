package dev.tandem.web.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.Notifier;
import dev.tandem.platform.SiteId;

/**
 * Logs, and tells the site's administrators through the platform. Looks the platform up when there is something to tell:
 * a platform may itself need the limiter, and a reference held here would tie the two in a circle.
 */
@Component(service = Alarm.class)
public final class AdministratorAlarm implements Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(AdministratorAlarm.class);

    private final BundleContext context;

    @Activate
    public AdministratorAlarm(BundleContext context) {
        this.context = context;
    }

    @Override
    public void guessing(SiteId site, String what, int failures) {
        LOG.warn(
                "Site {}: {} failed attempts at a {} within {} minutes. Somebody may be guessing; addresses that fail are"
                        + " slowed.",
                site,
                failures,
                what,
                DatabaseLimiter.WINDOW.toMinutes());
        var notice = new Notifier.Notice(
                Map.of(
                        Locale.ENGLISH,
                        failures + " PINs were wrong within 10 minutes. Somebody may be guessing.",
                        Locale.FRENCH,
                        failures + " codes PIN erronés en 10 minutes. Quelqu’un essaie peut-être de les deviner.",
                        Locale.ITALIAN,
                        failures + " PIN errati in 10 minuti. Qualcuno potrebbe tentare di indovinarli.",
                        Locale.forLanguageTag("nl"),
                        failures + " onjuiste pincodes in 10 minuten. Mogelijk probeert iemand ze te raden."),
                true);
        each(AgentDirectory.class, directory -> directory.agents(site).stream()
                .filter(agent -> agent.has(Agent.Role.ADMINISTRATOR))
                .forEach(agent -> each(Notifier.class, notifier -> notifier.tell(site, agent.id(), notice))));
    }

    private <S> void each(Class<S> type, Consumer<S> use) {
        try {
            Collection<org.osgi.framework.ServiceReference<S>> found = context.getServiceReferences(type, null);
            for (var reference : found) {
                var service = context.getService(reference);
                if (service != null) {
                    try {
                        use.accept(service);
                    } catch (RuntimeException e) {
                        LOG.warn(
                                "An alarm could not be told by {}",
                                service.getClass().getName(),
                                e);
                    } finally {
                        context.ungetService(reference);
                    }
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

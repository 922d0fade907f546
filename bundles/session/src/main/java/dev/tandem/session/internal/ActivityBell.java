package dev.tandem.session.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;
import dev.tandem.session.Activity;
import dev.tandem.session.SessionId;

/** Tells the activities that are installed now. */
@Component(service = ActivityBell.class)
public final class ActivityBell {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityBell.class);

    private final List<Activity> activities = new CopyOnWriteArrayList<>();

    void add(Activity activity) {
        activities.add(activity);
    }

    void remove(Activity activity) {
        activities.remove(activity);
    }

    void stopped(SiteId site, SessionId session, String name) {
        for (var activity : activities) {
            try {
                if (activity.name().equals(name)) {
                    activity.stopped(site, session);
                }
            } catch (RuntimeException e) {
                LOG.warn("Activity {} could not be told that it is over in session {}", name, session, e);
            }
        }
    }
}

package dev.tandem.session.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.session.Activity;

/**
 * Takes in the activities that slices publish. A component of its own: an activity mostly needs the sessions themselves,
 * and would go round in a circle with whatever they need.
 */
@Component(
        immediate = true,
        service = {})
public final class ActivityWhiteboard {
    private final ActivityBell bell;

    @Activate
    public ActivityWhiteboard(@Reference ActivityBell bell) {
        this.bell = bell;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(Activity activity) {
        bell.add(activity);
    }

    void remove(Activity activity) {
        bell.remove(activity);
    }
}

package dev.tandem.webacd.internal.desk;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Announcements;
import dev.tandem.platform.SiteId;

/** Hears from this node and others that absences have changed. */
@Component(service = Announcements.Listener.class)
public final class AbsenceEcho implements Announcements.Listener {
    private final Absences absences;

    @Activate
    public AbsenceEcho(@Reference Absences absences) {
        this.absences = absences;
    }

    @Override
    public String about() {
        return Absences.ABOUT;
    }

    @Override
    public void announced(SiteId site, String detail) {
        absences.changed(site);
    }
}

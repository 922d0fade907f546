package dev.tandem.webacd.internal.desk;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Announcements;
import dev.tandem.journal.Database;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.work.AbsentTable;
import dev.tandem.webacd.internal.work.AbsentTable.Who;
import dev.tandem.webacd.internal.work.WorkBook;

/**
 * Who gets no work although the platform holds them for available: an offer has passed without an answer, or the last page
 * has gone. So it holds on platforms too that let nobody take an agent away. It stands in the database, for every node.
 */
@Component(service = Absences.class)
public final class Absences {
    /** What is announced to the other nodes. */
    static final String ABOUT = "webacd.absent";
    /** Absent since the last page has gone; comes back with the next page. */
    public static final String GONE = "gone";

    private final AbsentTable table;
    private final Announcements announcements;
    private final Clock clock;
    private final List<Consumer<SiteId>> listeners = new CopyOnWriteArrayList<>();

    /** @param book whose tables these are */
    @Activate
    public Absences(
            @Reference WorkBook book,
            @Reference Database database,
            @Reference Announcements announcements,
            @Reference Clock clock) {
        this.table = new AbsentTable(database);
        this.announcements = announcements;
        this.clock = clock;
    }

    AbsentTable table() {
        return table;
    }

    /** The reason for each who is absent. */
    public Map<String, String> of(SiteId site) {
        return table.absent(site);
    }

    public Optional<String> of(SiteId site, AgentId agent) {
        return Optional.ofNullable(table.absent(site).get(agent.value()));
    }

    /** The agent says so, has chosen to be available, or is offline and begins anew. */
    public void back(SiteId site, AgentId agent) {
        if (table.back(new Who(site, agent.value()))) {
            changedEverywhere(site);
        }
    }

    /** A page is there again. */
    void pageThere(Who who) {
        if (table.back(who, GONE)) {
            changedEverywhere(who.site());
        }
    }

    /** No page is there any more. */
    void pagesGone(Who who) {
        table.absent(who, GONE, clock.instant());
        changedEverywhere(who.site());
    }

    /** Is told that absences of a site may be others, on every node; returns at once. @return undoes it */
    public Runnable listen(Consumer<SiteId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void changedEverywhere(SiteId site) {
        announcements.announce(site, ABOUT);
    }

    void changed(SiteId site) {
        listeners.forEach(one -> one.accept(site));
    }
}

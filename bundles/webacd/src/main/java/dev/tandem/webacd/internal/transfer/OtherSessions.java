package dev.tandem.webacd.internal.transfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SupportSessions;
import dev.tandem.webacd.WorkEvent;
import dev.tandem.webacd.internal.work.OtherWork;
import dev.tandem.webacd.internal.work.WorkBook;

/**
 * Sessions as what agents do beside work items: those that they control and have not got by WebACD, be they begun on a call or
 * got from a colleague. Whoever only assists is not held up by it: else nobody could hand a session over to an assistant.
 */
@Component(service = {OtherWork.class, EventSubscriber.class})
public final class OtherSessions implements OtherWork, EventSubscriber {
    private final SupportSessions sessions;
    private final WorkBook book;
    private final List<Consumer<SiteId>> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public OtherSessions(@Reference SupportSessions sessions, @Reference WorkBook book) {
        this.sessions = sessions;
        this.book = book;
    }

    @Override
    public Map<AgentId, Integer> of(SiteId site) {
        // Sessions first: an item is assigned before its session is taken, so none counts that is an item.
        var controlled = sessions.controlled(site);
        if (controlled.isEmpty()) {
            return Map.of();
        }
        var ours = book.table().assigned(site, SessionSource.KIND);
        var others = new HashMap<AgentId, Integer>();
        for (var one : controlled) {
            if (!one.agent().value().equals(ours.get(one.session().toString()))) {
                others.merge(one.agent(), 1, Integer::sum);
            }
        }
        return others;
    }

    @Override
    public Runnable listen(Consumer<SiteId> changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    @Override
    public String name() {
        return "webacd.other-sessions";
    }

    /** Whichever node routes: it counts in its own memory. */
    @Override
    public Reach reach() {
        return Reach.EVERY_NODE;
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent event && changesControl(event)) {
            listeners.forEach(listener -> listener.accept(event.site()));
        } else if (published.event() instanceof WorkEvent.Passed passed) {
            // It is an item again for who has control now.
            listeners.forEach(listener -> listener.accept(passed.site()));
        }
    }

    private static boolean changesControl(SessionEvent event) {
        return event instanceof SessionEvent.Started
                || event instanceof SessionEvent.Taken
                || event instanceof SessionEvent.ControlPassed
                || event instanceof SessionEvent.Transferring
                || event instanceof SessionEvent.Left
                || event instanceof SessionEvent.Returned
                || event instanceof SessionEvent.Ended;
    }
}

package dev.tandem.webacd.internal.desk;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Recorded;
import dev.tandem.platform.SiteId;
import dev.tandem.web.LiveChannel;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;
import dev.tandem.webacd.internal.work.WorkState.OneOffer;

/**
 * Numbers what agents see of their work, and rings. A number is no count: it starts from the time, so that it ascends over
 * restarts; of several nodes each has its own, and a page that comes from another one is given everything.
 */
@Component(service = MyBell.class)
public final class MyBell {
    static final String KIND = "webacd";
    static final String ME = "me";
    /** The part of a customer's topic before the session. */
    static final String WAIT = "wait/";
    /** The source whose customers are told of their wait. */
    static final String SESSION = "session";

    private static final int MOST_NUMBERS = 20_000;
    /** How long words of what agents do besides are gathered. */
    private static final Duration PACE = Duration.ofMillis(100);

    private record Key(SiteId site, String agent) {}

    private final LiveChannel live;
    private final Later later;
    private final Clock clock;
    private final Map<Key, Long> numbers = new ConcurrentHashMap<>();
    /** Apart from those of agents: there is one for every customer of late, and most are gone. */
    private final Map<Key, Long> waitNumbers = new ConcurrentHashMap<>();

    private final Set<SiteId> ringing = ConcurrentHashMap.newKeySet();
    private final Runnable deaf;

    @Activate
    public MyBell(
            @Reference WorkBook book,
            @Reference Absences absences,
            @Reference OtherWorks others,
            @Reference Plans plans,
            @Reference LiveChannel live,
            @Reference Later later,
            @Reference Clock clock) {
        this.live = live;
        this.later = later;
        this.clock = clock;
        var work = book.listen(this::committed);
        var away = absences.listen(this::everybody);
        var configured = plans.listen(this::everybody);
        var besides = others.listen(this::soon);
        this.deaf = () -> {
            work.run();
            away.run();
            configured.run();
            besides.run();
        };
    }

    @Deactivate
    void close() {
        deaf.run();
    }

    private void committed(Recorded<WorkFact> event, WorkState after) {
        if (after.origin().source().equals(SESSION)) {
            waits(event.site(), after.origin().sourceId());
        }
        if (event.event() instanceof WorkFact.Told) {
            return;
        }
        var concerned = new HashSet<String>();
        after.offers().stream().map(OneOffer::agent).forEach(concerned::add);
        after.agent().ifPresent(concerned::add);
        if (event.event() instanceof WorkFact.GivenBack back) {
            concerned.add(back.agent());
        } else if (event.event() instanceof WorkFact.Passed passed) {
            concerned.add(passed.from());
        }
        ring(event.site(), concerned);
    }

    /** The customer of that session may have another place. */
    void waits(SiteId site, String session) {
        number(site, WAIT + session);
        live.ring(site, KIND + "/" + WAIT + session);
    }

    void changed(SiteId site, String agent) {
        ring(site, Set.of(agent));
    }

    private void ring(SiteId site, Set<String> agents) {
        for (var agent : agents) {
            number(site, agent);
            live.ring(site, KIND + "/" + own(agent));
        }
        if (!agents.isEmpty()) {
            live.ring(site, KIND + "/" + ME);
        }
    }

    private void number(SiteId site, String agent) {
        var those = numbers(agent);
        if (those.size() > MOST_NUMBERS) {
            // Those who are still there get a number anew, which is higher since time goes on.
            those.clear();
        }
        those.merge(new Key(site, agent), clock.millis(), (before, now) -> Math.max(before + 1, now));
    }

    private Map<Key, Long> numbers(String agent) {
        return agent.startsWith(WAIT) ? waitNumbers : numbers;
    }

    /** What agents do besides changes with every session, and everybody's page counts it: of many words at once it rings once. */
    private void soon(SiteId site) {
        if (ringing.add(site)) {
            later.run(PACE, () -> {
                ringing.remove(site);
                everybody(site);
            });
        }
    }

    private void everybody(SiteId site) {
        for (var key : numbers.keySet()) {
            if (key.site().equals(site)) {
                number(site, key.agent());
                live.ring(site, KIND + "/" + own(key.agent()));
            }
        }
        live.ring(site, KIND + "/" + ME);
    }

    /** The part of an agent's own topic behind the kind: of many agents only that one is asked when it rings. */
    static String own(String agent) {
        return "agent/" + agent;
    }

    /** The number of the state now; past {@code seen}, if that was from a clock ahead of ours. */
    long number(SiteId site, String agent, long seen) {
        var key = new Key(site, agent);
        var those = numbers(agent);
        long now = those.computeIfAbsent(key, unseen -> clock.millis());
        return now < seen ? those.merge(key, seen + 1, Math::max) : now;
    }
}

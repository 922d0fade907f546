package dev.tandem.reference.platform.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.platform.Presence;

/**
 * An agent's presence and the sign-ins that hold. Signing in makes one who was offline available; the end of the last
 * sign-in makes the agent offline.
 *
 * @param signIns until when each token is good
 */
record PresenceState(Status status, String reason, Map<String, Instant> signIns) {
    /** What an agent's presence can be. */
    enum Status {
        OFFLINE,
        AWAY,
        AVAILABLE
    }

    static final String EXPIRY = "expiry";
    static final PresenceState INITIAL = new PresenceState(Status.OFFLINE, "", Map.of());

    PresenceState {
        signIns = Map.copyOf(signIns);
    }

    Presence presence() {
        return switch (status) {
            case OFFLINE -> new Presence.Offline();
            case AWAY -> new Presence.Away(reason);
            case AVAILABLE -> new Presence.Available();
        };
    }

    PresenceState evolve(PresenceEvent event) {
        if (event instanceof PresenceEvent.SignedIn in) {
            var more = new TreeMap<>(signIns);
            more.put(in.token(), in.until());
            return status == Status.OFFLINE
                    ? new PresenceState(Status.AVAILABLE, "", more)
                    : new PresenceState(status, reason, more);
        }
        if (event instanceof PresenceEvent.SignedOut out) {
            var fewer = new TreeMap<>(signIns);
            fewer.remove(out.token());
            return fewer.isEmpty()
                    ? new PresenceState(Status.OFFLINE, "", fewer)
                    : new PresenceState(status, reason, fewer);
        }
        var chosen = (PresenceEvent.Chosen) event;
        return new PresenceState(chosen.status(), chosen.reason(), signIns);
    }

    Decision<PresenceEvent, None> signIn(String agent, String token, Instant until) {
        return withDeadline(List.of(new PresenceEvent.SignedIn(agent, token, until)));
    }

    Decision<PresenceEvent, None> signOut(String agent, String token) {
        return signIns.containsKey(token)
                ? withDeadline(List.of(new PresenceEvent.SignedOut(agent, token)))
                : Decision.nothing();
    }

    /** Ends all sign-ins but the one that is to be kept, if there is one. */
    Decision<PresenceEvent, None> signOutAll(String agent, String kept) {
        return withDeadline(signIns.keySet().stream()
                .filter(token -> !token.equals(kept))
                .sorted()
                .<PresenceEvent>map(token -> new PresenceEvent.SignedOut(agent, token))
                .toList());
    }

    Decision<PresenceEvent, None> choose(String agent, Status chosen, String why) {
        return status == chosen && reason.equals(why)
                ? Decision.nothing()
                : Decision.accept(List.of(new PresenceEvent.Chosen(agent, chosen, why)));
    }

    /** Takes one away who counts as available and does not answer. Whoever has chosen something else keeps that. */
    Decision<PresenceEvent, Boolean> takeAway(String agent, String why) {
        return status == Status.AVAILABLE
                ? Decision.accept(List.of(new PresenceEvent.Chosen(agent, Status.AWAY, why)), true)
                : Decision.accept(List.of(), false);
    }

    /** Ends the sign-ins whose time is up. */
    Decision<PresenceEvent, None> expire(String agent, Instant now) {
        var over = new ArrayList<PresenceEvent>();
        signIns.forEach((token, until) -> {
            if (!until.isAfter(now)) {
                over.add(new PresenceEvent.SignedOut(agent, token));
            }
        });
        over.sort(Comparator.comparing(Object::toString));
        return withDeadline(over);
    }

    private Decision<PresenceEvent, None> withDeadline(List<PresenceEvent> events) {
        var after = this;
        for (var event : events) {
            after = after.evolve(event);
        }
        var accepted = Decision.<PresenceEvent>accept(events);
        return after.signIns().values().stream()
                .min(Comparator.naturalOrder())
                .map(first -> accepted.wake(EXPIRY, first))
                .orElseGet(() -> accepted.calm(EXPIRY));
    }
}

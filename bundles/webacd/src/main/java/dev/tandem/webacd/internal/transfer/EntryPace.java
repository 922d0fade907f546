package dev.tandem.webacd.internal.transfer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.internal.config.Seeds;

/** How often an address may come in by entry links, as the node's file says. Each node counts for itself: it guards this node. */
@Component(service = EntryPace.class)
public final class EntryPace {
    static final Duration WINDOW = Duration.ofMinutes(10);
    /** Of more than these those that have not come for longest are forgotten. */
    static final int MOST_ADDRESSES = 10_000;

    private static final int NETWORK = 8;

    private final Clock clock;
    private final IntSupplier most;
    private final Map<String, ArrayDeque<Came>> came = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ArrayDeque<Came>> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Came(Instant at, UUID command) {}

    @Activate
    public EntryPace(@Reference Seeds seeds, @Reference Clock clock) {
        this(seeds::entries, clock);
    }

    EntryPace(IntSupplier most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /**
     * Counts a request, and one that is sent again once.
     *
     * @throws ProblemException 429 {@code too-many-attempts}
     */
    synchronized void enter(String address, UUID command) {
        var now = clock.instant();
        var since = now.minus(WINDOW);
        var times = came.computeIfAbsent(group(address), fresh -> new ArrayDeque<>());
        while (!times.isEmpty() && times.getFirst().at().isBefore(since)) {
            times.removeFirst();
        }
        if (times.stream().anyMatch(one -> one.command().equals(command))) {
            return;
        }
        if (times.size() >= most.getAsInt()) {
            var free = Duration.between(now, times.getFirst().at().plus(WINDOW)).toSeconds() + 1;
            throw new ProblemException(new Problem(
                    429,
                    "too-many-attempts",
                    "This was asked for too often; try again later.",
                    Optional.empty(),
                    Optional.of(free)));
        }
        times.addLast(new Came(now, command));
    }

    /** An IPv6 address counts as its /64, since whoever has one has all of them. */
    private static String group(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // With a colon it is a literal or nothing: no name is looked up.
            var bytes = InetAddress.getByName(address).getAddress();
            return bytes.length > NETWORK ? HexFormat.of().formatHex(bytes, 0, NETWORK) + "/64" : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}

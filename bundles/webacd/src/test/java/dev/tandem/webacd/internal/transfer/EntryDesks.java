package dev.tandem.webacd.internal.transfer;

import java.nio.charset.StandardCharsets;

import dev.tandem.session.testing.FakeSessions;
import dev.tandem.webacd.internal.config.FixedRouting;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.Waits;

/** The desk of entries, and who is known to it, over a rig's journal. */
final class EntryDesks {
    private EntryDesks() {}

    static EntryDesk of(Rig rig, FakeSessions sessions, FixedRouting routing) {
        return new EntryDesk(
                sessions,
                routing,
                rig.plans,
                rig.book,
                rig.desk,
                new Waits(rig.book, rig.plans, rig.directory(), rig.others, rig.clock),
                new EntryPace(() -> 30, rig.clock),
                new Beginnings(routing),
                known(rig, sessions, routing),
                rig.clock);
    }

    static Acquaintances known(Rig rig, FakeSessions sessions, FixedRouting routing) {
        return new Acquaintances(
                sessions,
                routing,
                rig.plans,
                rig.book,
                rig.desk,
                purpose -> purpose.getBytes(StandardCharsets.UTF_8),
                rig.clock);
    }
}

package dev.tandem.session.internal;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.session.internal.CustomerDesk.Admitted;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.Caller;

/** Two nodes on one database, with one clock. */
final class TwoNodes implements AutoCloseable {
    private final DataSource source;
    private final TestClock clock = new TestClock();
    private final Living living = new Living();
    private final long grace;
    private final World[] worlds = new World[2];

    /** @param grace in seconds */
    TwoNodes(DataSource source, long grace) {
        this.source = source;
        this.grace = grace;
        worlds[0] = start();
        worlds[1] = start();
    }

    private World start() {
        return new World(JournalRuntime.node(source, clock, "n" + UUID.randomUUID()), source, clock, living, grace);
    }

    World node(int which) {
        return worlds[which];
    }

    AgentView session(String interaction) {
        var call = new InteractionId(interaction);
        for (var world : worlds) {
            world.platform.put(
                    call, Interaction.Kind.CALL, Interaction.State.ACTIVE, java.util.Optional.of(World.ANNA.id()));
        }
        return worlds[0].start(call);
    }

    World.Page annasPage(int which, AgentView view) {
        return worlds[which].new Page(new Caller.OfAgent(World.ANNA), view.id(), UUID.randomUUID());
    }

    World.Page pageOf(int which, Admitted customer) {
        return worlds[which].new Page(customer.customer(), customer.customer().session(), UUID.randomUUID());
    }

    /** The node is killed: nothing is said, nothing in its memory is left. The other one is told. */
    void kill(int which) {
        worlds[which].nodes.died();
        worlds[which].close();
        worlds[1 - which].presence.lookSoon();
    }

    /** A fresh node in its place. */
    void restart(int which) {
        worlds[which] = start();
    }

    /** The others took it for dead, and it lives: it hears so later than they. */
    void expel(int which) {
        var was = worlds[which].nodes;
        was.expelled();
        worlds[1 - which].presence.lookSoon();
        settle();
        worlds[which].presence.lookSoon();
    }

    void pass(Duration time) {
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofMillis(500));
            run();
        }
    }

    void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    void settle() {
        run();
    }

    private void run() {
        var now = up();
        now.forEach(world -> world.runtime.beat());
        now.forEach(world -> world.later.runDue());
        now.forEach(world -> world.runtime.fireDue());
        now.forEach(World::settle);
        now.forEach(world -> world.later.runDue());
    }

    private List<World> up() {
        return IntStream.range(0, 2)
                .mapToObj(this::node)
                .filter(world -> world.nodes.lives())
                .toList();
    }

    @Override
    public void close() {
        up().forEach(World::close);
    }
}

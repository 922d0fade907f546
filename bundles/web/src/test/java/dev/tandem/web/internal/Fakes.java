package dev.tandem.web.internal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;

/** Stand-ins for what tests do not want to wait for. */
public final class Fakes {
    public static final SiteId ACME = new SiteId("acme");
    public static final SiteId OTHER = new SiteId("other");
    public static final UUID SESSION = UUID.fromString("00000000-0000-7000-8000-000000000001");
    public static final Caller.OfAgent ANNA = new Caller.OfAgent(
            new Agent(ACME, new AgentId("anna"), "Anna Bell", Set.of(Agent.Role.AGENT, Agent.Role.ADMINISTRATOR)));
    public static final Caller.OfCustomer MARIE =
            new Caller.OfCustomer(ACME, SESSION, UUID.fromString("00000000-0000-7000-8000-000000000002"));
    public static final Caller.OfViewer EXPERT =
            new Caller.OfViewer(ACME, SESSION, UUID.fromString("00000000-0000-7000-8000-000000000003"));

    private Fakes() {}

    public static JournalRuntime journal(Path folder, TestClock clock) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
        return JournalRuntime.open(source, clock);
    }

    public static WebConfig config(String publicUrl, String frameAncestors, String defaultSite) {
        return config(publicUrl, frameAncestors, defaultSite, "");
    }

    public static WebConfig config(String publicUrl, String frameAncestors, String defaultSite, String trustedProxies) {
        return new WebConfig(values(publicUrl, frameAncestors, defaultSite, trustedProxies));
    }

    /** As Config Admin does when a file of etc/ changes. */
    public static void change(WebConfig config, String publicUrl, String trustedProxies) {
        config.modified(values(publicUrl, "'none'", "main", trustedProxies));
    }

    private static WebConfig.Config values(
            String publicUrl, String frameAncestors, String defaultSite, String trustedProxies) {
        return new WebConfig.Config() {
            @Override
            public Class<WebConfig.Config> annotationType() {
                return WebConfig.Config.class;
            }

            @Override
            public String publicUrl() {
                return publicUrl;
            }

            @Override
            public String frameAncestors() {
                return frameAncestors;
            }

            @Override
            public String defaultSite() {
                return defaultSite;
            }

            @Override
            public String trustedProxies() {
                return trustedProxies;
            }
        };
    }

    /** A timer that fires when the test says so. */
    public static final class Timer extends ScheduledThreadPoolExecutor {
        public final List<Runnable> once = new ArrayList<>();
        public Optional<Runnable> regular = Optional.empty();

        public Timer() {
            super(0);
        }

        /** Fires everything that waits now. */
        public void fire() {
            var now = List.copyOf(once);
            once.clear();
            now.forEach(Runnable::run);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            once.add(task);
            return null;
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            regular = Optional.of(task);
            return null;
        }
    }

    /** A socket that remembers. */
    public static final class Wire implements SendQueue.Wire {
        public final List<String> texts = new ArrayList<>();
        public final List<ByteBuffer> frames = new ArrayList<>();
        public Optional<String> closed = Optional.empty();
        public int pings;
        private final Deque<SendQueue.Done> underWay = new ArrayDeque<>();
        private boolean stuck;

        /** From now on nothing leaves until {@link #flow}. */
        public void clog() {
            stuck = true;
        }

        /** Lets one message leave. */
        public void letOneGo() {
            underWay.remove().sent(true);
        }

        public void flow() {
            stuck = false;
            while (!underWay.isEmpty()) {
                underWay.remove().sent(true);
            }
        }

        @Override
        public void text(String text, SendQueue.Done done) {
            texts.add(text);
            leave(done);
        }

        @Override
        public void binary(ByteBuffer bytes, SendQueue.Done done) {
            frames.add(bytes);
            leave(done);
        }

        private void leave(SendQueue.Done done) {
            if (stuck) {
                underWay.add(done);
            } else {
                done.sent(true);
            }
        }

        @Override
        public void ping() {
            pings++;
        }

        @Override
        public void close(int code, String reason) {
            closed = Optional.of(code + " " + reason);
        }

        /** What was sent since the last look. */
        public List<String> take() {
            var all = List.copyOf(texts);
            texts.clear();
            return all;
        }
    }
}

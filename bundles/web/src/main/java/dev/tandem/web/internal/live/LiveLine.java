package dev.tandem.web.internal.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.CloseCode;
import dev.tandem.web.internal.ProblemJson;
import dev.tandem.web.internal.SendQueue;
import dev.tandem.web.internal.Ticket;

/**
 * One page on the live channel. Everything that happens to it runs in its mailbox, one after the other; what is marked
 * as such may be called by any thread.
 */
public final class LiveLine {
    private static final Logger LOG = LoggerFactory.getLogger(LiveLine.class);
    static final int LONGEST_MESSAGE = 8 * 1024;
    static final int MOST_SUBSCRIPTIONS = 64;
    static final int MOST_TASKS = 256;
    static final long MOST_WAITING = 1024 * 1024;
    private static final int LONGEST_TOPIC = 200;
    private static final long FIRST_RETRY_SECONDS = 1;
    private static final long LONGEST_RETRY_SECONDS = 30;

    private static final class Subscription {
        private final Topic topic;
        private long cursor;
        private boolean away;
        private boolean answered;
        private long retrySeconds = FIRST_RETRY_SECONDS;
        private Optional<LiveTopics> attached = Optional.empty();

        Subscription(Topic topic) {
            this.topic = topic;
        }
    }

    private final LiveHub hub;
    private final SendQueue.Wire wire;
    private final SendQueue out;
    private final Mailbox mailbox;
    private final Set<String> rung = ConcurrentHashMap.newKeySet();
    private final Set<String> stalled = new HashSet<>();
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private volatile boolean closed;
    private volatile boolean welcome;
    private volatile long heardAt;
    private Caller caller;
    private UUID page;

    LiveLine(LiveHub hub, SendQueue.Wire wire, Mailbox mailbox) {
        this.hub = hub;
        this.wire = wire;
        this.mailbox = mailbox;
        this.out = new SendQueue(wire, MOST_WAITING, this::drained, hub::nanoTime);
        heard();
    }

    /** The page is there: it has sent something, or answered a ping. Any thread. */
    public void heard() {
        heardAt = hub.nanoTime();
    }

    /** Takes a message of the page. Any thread. */
    public void received(String text) {
        heard();
        if (text.length() > LONGEST_MESSAGE) {
            close(CloseCode.TOO_BIG, "a message is at most 8 KB");
        } else if (mailbox.size() >= MOST_TASKS) {
            close(CloseCode.TOO_SLOW, "too many messages at once");
        } else {
            mailbox.post(() -> handle(text));
        }
    }

    /** The socket has closed, for whatever reason. Any thread, any number of times. */
    public void closed() {
        closed = true;
        out.stop();
        mailbox.post(this::forgetAll);
    }

    /** Closes the socket. Any thread. */
    void close(int code, String reason) {
        if (!closed) {
            closed = true;
            out.stop();
            wire.close(code, reason);
            mailbox.post(this::forgetAll);
        }
    }

    /** Something may be new in a topic. Any thread; many rings before the delivery are one. */
    void ring(String topic) {
        if (rung.add(topic)) {
            mailbox.post(() -> deliver(topic));
        }
    }

    /** Runs something in order with everything else here. Any thread. */
    void later(Runnable task) {
        mailbox.post(task);
    }

    boolean isWelcome() {
        return welcome;
    }

    /** Asks for a sign of life, or gives the line up: a cable that was pulled tells nobody. */
    void watch(boolean ping) {
        if (out.stuckFor() > LiveHub.LONGEST_SILENCE || hub.nanoTime() - heardAt > LiveHub.LONGEST_SILENCE) {
            close(CloseCode.TOO_SLOW, "come back and resume");
        } else if (ping) {
            wire.ping();
        }
    }

    private void handle(String text) {
        if (closed) {
            return;
        }
        try {
            var message = hub.requests().readValue(text, ClientMessage.class);
            if (message instanceof ClientMessage.Hello hello) {
                hello(hello);
            } else if (!welcome) {
                close(CloseCode.BAD_TICKET, "hello comes first");
            } else if (message instanceof ClientMessage.Subscribe subscribe) {
                subscribe(subscribe.topic(), subscribe.after().orElse(0L));
            } else if (message instanceof ClientMessage.Unsubscribe unsubscribe) {
                unsubscribe(unsubscribe.topic());
            } else {
                send(ServerMessage.PONG);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.debug("A live message is not understood", e);
            close(CloseCode.NOT_UNDERSTOOD, "not understood");
        }
    }

    private void hello(ClientMessage.Hello hello) {
        if (welcome) {
            close(CloseCode.NOT_UNDERSTOOD, "hello comes once");
            return;
        }
        Optional<Ticket> ticket;
        try {
            ticket = hub.take(hello.ticket());
        } catch (RuntimeException e) {
            LOG.warn("A ticket could not be looked up", e);
            close(CloseCode.TOO_SLOW, "not now");
            return;
        }
        if (ticket.isPresent() && ticket.get() instanceof Ticket.Live live) {
            caller = live.caller();
            page = hello.page();
            welcome = true;
            send(ServerMessage.WELCOME);
        } else {
            close(CloseCode.BAD_TICKET, "no such ticket");
        }
    }

    private void subscribe(String name, long after) {
        var topic = Topic.parse(name);
        if (topic.isEmpty() || name.length() > LONGEST_TOPIC || after < 0) {
            send(ServerMessage.gone(name, ProblemJson.of(Problem.unknown())));
            return;
        }
        var known = subscriptions.get(name);
        if (known == null) {
            if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
                send(ServerMessage.gone(
                        name,
                        ProblemJson.of(new Problem(429, "too-many-subscriptions", "A page has at most 64 topics."))));
                return;
            }
            known = new Subscription(topic.get());
            subscriptions.put(name, known);
            hub.heed(caller.site(), name, this);
        }
        known.cursor = after;
        known.answered = false;
        deliver(name);
    }

    private void unsubscribe(String name) {
        var subscription = subscriptions.remove(name);
        if (subscription != null) {
            hub.ignore(caller.site(), name, this);
            stalled.remove(name);
            detach(subscription);
        }
    }

    private void deliver(String name) {
        rung.remove(name);
        var subscription = subscriptions.get(name);
        if (subscription == null || closed) {
            return;
        }
        var kind = hub.kind(subscription.topic.kind());
        if (kind.isEmpty()) {
            if (!subscription.away) {
                subscription.away = true;
                send(ServerMessage.away(name));
            }
            return;
        }
        try {
            deliver(name, subscription, kind.get());
            subscription.retrySeconds = FIRST_RETRY_SECONDS;
        } catch (ProblemException e) {
            send(ServerMessage.gone(name, ProblemJson.of(e.problem())));
            unsubscribe(name);
            if (caller instanceof Caller.OfViewer) {
                // A viewer has one thing to look at. Where that is over, by a link that was revoked, so is the line.
                close(CloseCode.REFUSED, e.problem().code());
            }
        } catch (RuntimeException | JsonProcessingException | LinkageError e) {
            LOG.warn("Topic {} could not be delivered; next try in {} s", name, subscription.retrySeconds, e);
            hub.after(subscription.retrySeconds, TimeUnit.SECONDS, () -> ring(name));
            subscription.retrySeconds = Math.min(LONGEST_RETRY_SECONDS, subscription.retrySeconds * 2);
        }
    }

    private void deliver(String name, Subscription subscription, LiveTopics kind) throws JsonProcessingException {
        var id = subscription.topic.id();
        var delivery = kind.after(caller, id, subscription.cursor);
        if (subscription.attached.filter(now -> now == kind).isEmpty()) {
            detach(subscription);
            subscription.attached = Optional.of(kind);
            kind.attached(caller, id, page);
        }
        if (subscription.away) {
            subscription.away = false;
            send(ServerMessage.back(name));
        }
        if (delivery instanceof LiveTopics.Delivery.Snapshot snapshot) {
            var state = snapshot.state();
            if (state.number() != subscription.cursor || !subscription.answered) {
                send(name, subscription, state, true);
            }
        } else if (delivery instanceof LiveTopics.Delivery.Messages missing) {
            long before = subscription.cursor;
            for (var message : missing.messages()) {
                if (message.number() > subscription.cursor && !send(name, subscription, message, false)) {
                    return;
                }
            }
            if (missing.more() && subscription.cursor > before) {
                ring(name); // behind what else this line has to do
            }
        }
    }

    /** @return false if the page must first take what waits; the topic is served again then */
    private boolean send(String name, Subscription subscription, LiveTopics.Message message, boolean whole)
            throws JsonProcessingException {
        var json = hub.mapper()
                .writeValueAsString(new ServerMessage.OfTopic(
                        name, message.number(), message.type(), message.body(), whole ? Boolean.TRUE : null));
        if (!out.offer(json)) {
            stalled.add(name);
            return false;
        }
        subscription.cursor = message.number();
        subscription.answered = true;
        return true;
    }

    private void send(ServerMessage message) {
        try {
            if (!out.offer(hub.mapper().writeValueAsString(message)) && !closed) {
                close(CloseCode.TOO_SLOW, "come back and resume");
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void drained() {
        mailbox.post(() -> {
            var names = Set.copyOf(stalled);
            stalled.clear();
            names.forEach(this::deliver);
        });
    }

    /** That kind of topics has come. In the mailbox. */
    void kindCame(String kind) {
        for (var entry : Map.copyOf(subscriptions).entrySet()) {
            if (entry.getValue().topic.kind().equals(kind)) {
                deliver(entry.getKey());
            }
        }
    }

    /** That kind of topics is going; its service still works. In the mailbox. */
    void kindGoes(LiveTopics kind) {
        for (var entry : Map.copyOf(subscriptions).entrySet()) {
            var subscription = entry.getValue();
            if (subscription.attached.filter(now -> now == kind).isPresent()) {
                detach(subscription);
                deliver(entry.getKey()); // another service of that kind may have taken over; else it is away
            }
        }
    }

    /** Closes the line if it is that agent's. In the mailbox. */
    void askAgain(SiteId site, AgentId agent) {
        if (caller instanceof Caller.OfAgent of
                && of.site().equals(site)
                && of.agent().id().equals(agent)) {
            askAgain();
        }
    }

    /** Closes the line if it is an agent's. In the mailbox. */
    void askAgain() {
        if (caller instanceof Caller.OfAgent) {
            close(CloseCode.ASK_AGAIN, "ask again");
        }
    }

    private void forgetAll() {
        for (var name : Set.copyOf(subscriptions.keySet())) {
            unsubscribe(name);
        }
        hub.forget(this);
    }

    private void detach(Subscription subscription) {
        subscription.attached.ifPresent(kind -> {
            subscription.attached = Optional.empty();
            try {
                kind.detached(caller, subscription.topic.id(), page);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{} did not take a detached page", subscription.topic, e);
            }
        });
    }

    /** A topic's name, taken apart. */
    record Topic(String kind, String id) {
        static Optional<Topic> parse(String name) {
            int slash = name.indexOf('/');
            return slash < 1 || slash == name.length() - 1
                    ? Optional.empty()
                    : Optional.of(new Topic(name.substring(0, slash), name.substring(slash + 1)));
        }
    }

    /** A topic of a site, as rings name it. */
    record Place(SiteId site, String topic) {}
}

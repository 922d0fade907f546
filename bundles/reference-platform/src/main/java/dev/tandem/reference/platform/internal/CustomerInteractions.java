package dev.tandem.reference.platform.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Sealer;
import dev.tandem.journal.Sql;
import dev.tandem.journal.Streams;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.InteractionListener;
import dev.tandem.platform.Interactions;
import dev.tandem.platform.SiteId;
import dev.tandem.reference.platform.internal.Conversation.Head;
import dev.tandem.reference.platform.internal.Conversation.Line;
import dev.tandem.web.ProblemException;

/** The platform's calls and chats. */
@Component(service = {Interactions.class, CustomerInteractions.class})
public final class CustomerInteractions implements Interactions {
    /** How long after its end an interaction is still found. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    private static final int LONGEST_TEXT = 4_000;
    private static final String HEADS =
            "select i.*, (select max(m.number) from platform_message m where m.site = i.site"
                    + " and m.interaction = i.id and m.sender = 'AGENT') as answered from platform_interaction i ";

    private final Database database;
    private final Journal journal;
    private final Sealer sealer;
    private final Ids ids;
    private final Bell bell;
    private final Herald herald = new Herald("tandem-platform-interactions");
    private final Streams<InteractionState, InteractionEvent> streams;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<InteractionListener> listeners = List.of();

    @Activate
    public CustomerInteractions(
            @Reference Tables tables,
            @Reference Journal journal,
            @Reference Sealer sealer,
            @Reference Ids ids,
            @Reference Bell bell) {
        this.database = tables.database();
        this.journal = journal;
        this.sealer = sealer;
        this.ids = ids;
        this.bell = bell;
        this.streams = journal.open(new InteractionKind(this::changed));
    }

    @Deactivate
    public void close() {
        streams.close();
        herald.close();
    }

    @Override
    public Optional<Interaction> find(SiteId site, InteractionId interaction) {
        return head(site, interaction).map(Head::interaction);
    }

    @Override
    public Sent send(SiteId site, InteractionId interaction, AgentId agent, String text) {
        var found = head(site, interaction).map(Head::interaction);
        if (found.isEmpty() || found.get().state() == Interaction.State.ENDED) {
            return Sent.GONE;
        }
        if (found.get().kind() != Interaction.Kind.CHAT || text.isBlank() || text.length() > LONGEST_TEXT) {
            return Sent.NOT_A_CHAT;
        }
        var answer = sayAsAgent(site, interaction, agent, text, ids.next());
        if (answer instanceof Answer.Refused<?> refused) {
            if (refused.refusal().reason() == Refusal.Reason.BUSY) {
                throw ProblemException.refused(refused.refusal());
            }
            return Sent.GONE;
        }
        return Sent.SENT;
    }

    /** What is known of an interaction, also for some time after its end. */
    Optional<Head> head(SiteId site, InteractionId interaction) {
        return database.read(
                sql -> sql.first(HEADS + "where site = ? and id = ?", row -> this.head(site, row), site, interaction));
    }

    /** What stands on an agent's desktop: what rings for the agent, what the agent has, what lately ended. */
    List<Head> ofAgent(Agent agent, Instant endedAfter, int mostEnded) {
        var site = agent.site();
        return database.read(sql -> {
            var open = sql.all(
                    HEADS + "where site = ? and state in ('RINGING', 'ACTIVE')"
                            + " and (agent = ? or (agent is null and state = 'RINGING')) order by arrived_at, id",
                    row -> this.head(site, row),
                    site,
                    agent.id());
            var ended = sql.all(
                    HEADS + "where site = ? and agent = ? and state = 'ENDED' and since > ?"
                            + " order by since desc, id desc limit ?",
                    row -> this.head(site, row),
                    site,
                    agent.id(),
                    endedAfter,
                    mostEnded);
            return java.util.stream.Stream.concat(open.stream(), ended.stream()).toList();
        });
    }

    /** Earlier interactions with the same customer, the latest first. */
    List<Head> historyOf(SiteId site, Head of, int most) {
        return database.read(sql -> sql.all(
                HEADS + "where site = ? and customer = ? and id <> ? order by arrived_at desc, id desc limit ?",
                row -> this.head(site, row),
                site,
                of.customer(),
                of.interaction().id(),
                most));
    }

    List<Line> lines(SiteId site, InteractionId interaction, long after, int most) {
        return database.read(sql -> sql.all(
                "select * from platform_message where site = ? and interaction = ? and number > ?"
                        + " order by number limit ?",
                row -> line(site, row),
                site,
                interaction,
                after,
                most));
    }

    /** An interaction that is about to arrive. */
    record Arriving(
            Interaction.Kind kind,
            Optional<AgentId> ringsFor,
            String customer,
            Interaction.Contact contact,
            Optional<String> firstWords) {}

    Answer<InteractionState.Arrival> arrive(SiteId site, Arriving arriving, Duration ring, UUID command, String actor) {
        // A repeat of the command must mean the same stream, so the id comes from it.
        var id = Ids.derived(command, "interaction");
        var name = sealer.seal(arriving.customer(), arriving.contact().name());
        var address = sealer.seal(arriving.customer(), arriving.contact().address());
        var words = arriving.firstWords().map(text -> sealer.seal(arriving.customer(), text));
        var arrived = new InteractionEvent.Arrived(
                arriving.kind(),
                arriving.ringsFor().map(AgentId::value),
                arriving.customer(),
                name.ref(),
                address.ref());
        return streams.execute(
                new Command<>(site, id, command, actor, InteractionState.Arrival.class), (state, now) -> {
                    var decision = state.arrive(id.toString(), arrived, words.map(Personal::ref), now, ring);
                    for (var row : words.map(w -> List.of(name, address, w)).orElse(List.of(name, address))) {
                        decision = with(decision, row);
                    }
                    return decision;
                });
    }

    Answer<None> accept(Agent agent, InteractionId interaction, UUID command) {
        return execute(
                agent.site(), interaction, command, actor(agent.id()), (state, now) -> state.accept(name(agent)));
    }

    Answer<None> end(Agent agent, InteractionId interaction, UUID command) {
        return execute(agent.site(), interaction, command, actor(agent.id()), (state, now) -> state.end(name(agent)));
    }

    Answer<None> leave(SiteId site, InteractionId interaction, UUID command) {
        return execute(site, interaction, command, "visitor:" + interaction, (state, now) -> state.leave());
    }

    Answer<InteractionState.Number> sayAsAgent(
            SiteId site, InteractionId interaction, AgentId agent, String text, UUID command) {
        return say(
                site, interaction, command, actor(agent), text, (state, ref) -> state.sayAsAgent(agent.value(), ref));
    }

    Answer<InteractionState.Number> sayAsCustomer(SiteId site, InteractionId interaction, String text, UUID command) {
        return say(site, interaction, command, "visitor:" + interaction, text, InteractionState::sayAsCustomer);
    }

    private interface Saying {
        Decision<InteractionEvent, InteractionState.Number> decide(InteractionState state, Personal.Ref text);
    }

    private Answer<InteractionState.Number> say(
            SiteId site, InteractionId interaction, UUID command, String actor, String text, Saying saying) {
        var stream = streamOf(interaction);
        if (stream.isEmpty()) {
            return unknown();
        }
        var customer = streams.load(site, stream.get()).state().customer();
        var row = sealer.seal(customer.isEmpty() ? "interaction:" + interaction : customer, text);
        return streams.execute(
                new Command<>(site, stream.get(), command, actor, InteractionState.Number.class),
                (state, now) -> with(saying.decide(state, row.ref()), row));
    }

    private Answer<None> execute(
            SiteId site,
            InteractionId interaction,
            UUID command,
            String actor,
            Streams.Decider<InteractionState, InteractionEvent, None> decider) {
        return streamOf(interaction)
                .map(stream -> streams.execute(new Command<>(site, stream, command, actor, None.class), decider))
                .orElseGet(CustomerInteractions::unknown);
    }

    private static <E, A> Decision<E, A> with(Decision<E, A> decision, Personal row) {
        return decision instanceof Decision.Accepted<E, A> accepted ? accepted.with(row) : decision;
    }

    private static <A> Answer<A> unknown() {
        return new Answer.Refused<>(new Refusal(Refusal.Reason.UNKNOWN, "unknown", "There is no such interaction."));
    }

    private static Optional<UUID> streamOf(InteractionId interaction) {
        try {
            return Optional.of(UUID.fromString(interaction.value()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static String actor(AgentId agent) {
        return "agent:" + agent;
    }

    private static String name(Agent agent) {
        return agent.id().value();
    }

    private void changed(Recorded<InteractionEvent> recorded, InteractionState after) {
        bell.changed(recorded.site());
        if (recorded.event() instanceof InteractionEvent.Said || listeners.isEmpty()) {
            return;
        }
        var id = new InteractionId(recorded.stream().toString());
        herald.tell(
                () -> find(recorded.site(), id).isPresent() ? listeners : List.<InteractionListener>of(),
                listener -> find(recorded.site(), id).ifPresent(listener::interactionChanged));
    }

    private Head head(SiteId site, ResultSet row) throws SQLException {
        var contact = new Interaction.Contact(
                text(site, row, "name_id", "name_digest"), text(site, row, "address_id", "address_digest"));
        var interaction = new Interaction(
                site,
                new InteractionId(row.getString("id")),
                Interaction.Kind.valueOf(row.getString("kind")),
                Interaction.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("agent")).map(AgentId::new),
                contact,
                Sql.instant(row, "since"));
        long acceptedAt = row.getLong("accepted_at");
        return new Head(
                interaction,
                row.getString("customer"),
                Sql.instant(row, "arrived_at"),
                acceptedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(acceptedAt)),
                Optional.ofNullable(row.getString("ended_by")).map(InteractionEvent.End::valueOf),
                row.getLong("messages"),
                row.getLong("answered"));
    }

    private Line line(SiteId site, ResultSet row) throws SQLException {
        return new Line(
                row.getLong("number"),
                InteractionEvent.Side.valueOf(row.getString("sender")),
                Optional.ofNullable(row.getString("agent")).map(AgentId::new),
                text(site, row, "text_id", "text_digest"),
                Sql.instant(row, "said_at"));
    }

    /** Empty once it has been erased. */
    private String text(SiteId site, ResultSet row, String id, String digest) throws SQLException {
        return journal.personal(site, new Personal.Ref(Sql.uuid(row, id), row.getString(digest)))
                .orElse("");
    }
}

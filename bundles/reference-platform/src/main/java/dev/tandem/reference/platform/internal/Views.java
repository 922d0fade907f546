package dev.tandem.reference.platform.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.platform.DesktopTab;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.SiteId;
import dev.tandem.reference.platform.internal.Conversation.Head;
import dev.tandem.reference.platform.internal.Conversation.Line;

/** What pages get to see. */
@Component(service = Views.class)
public final class Views {
    private static final Duration LATELY = Duration.ofHours(12);
    private static final int MOST_ENDED = 20;
    private static final int MOST_EARLIER = 20;
    private static final int MOST_LINES = 500;

    private final CustomerInteractions interactions;
    private final Presences presences;
    private final Directory directory;
    private final Tabs tabs;
    private final Notices notices;
    private final VisitorLinks links;
    private final Clock clock;

    @Activate
    public Views(
            @Reference CustomerInteractions interactions,
            @Reference Presences presences,
            @Reference Directory directory,
            @Reference Tabs tabs,
            @Reference Notices notices,
            @Reference VisitorLinks links,
            @Reference Clock clock) {
        this.interactions = interactions;
        this.presences = presences;
        this.directory = directory;
        this.tabs = tabs;
        this.notices = notices;
        this.links = links;
        this.clock = clock;
    }

    public record AgentView(String id, String name, String site, List<String> roles) {}

    /** @param reason one of {@code break}, {@code lunch}, {@code meeting}, {@code paperwork}, or empty */
    public record PresenceView(String status, String reason) {}

    public record CustomerView(String name, String address) {}

    /**
     * @param agent the name of the agent who has it, or empty
     * @param messages how many messages the chat has
     * @param answered the number of an agent's last message in it, 0 for none
     * @param visitor where the simulated customer of a chat writes, for the agent who has it
     */
    public record InteractionView(
            String id,
            Interaction.Kind kind,
            Interaction.State state,
            Optional<String> agent,
            Optional<String> agentName,
            CustomerView customer,
            Instant arrivedAt,
            Optional<Instant> acceptedAt,
            Optional<Instant> endedAt,
            Optional<String> endedBy,
            long messages,
            long answered,
            Optional<String> visitor) {}

    /** An interaction with the customer's earlier ones. */
    public record DetailView(InteractionView interaction, List<InteractionView> history) {}

    /** @param name who wrote it, for people */
    public record MessageView(long number, InteractionEvent.Side from, String name, String text, Instant at) {}

    public record MessagesView(List<MessageView> messages) {}

    public record TabView(
            String id, String element, String module, int rank, Map<String, String> titles, DesktopTab.Place place) {}

    public record NoticeView(UUID id, Map<String, String> texts, boolean urgent) {}

    /**
     * The whole desktop of an agent.
     *
     * @param tabs those of every interaction
     * @param places what stands elsewhere, as far as it is for this agent
     * @param now lets a page whose clock is wrong show right durations
     */
    public record DesktopView(
            AgentView agent,
            PresenceView presence,
            List<InteractionView> interactions,
            List<TabView> tabs,
            List<TabView> places,
            List<NoticeView> notices,
            Instant now) {}

    /** What a simulated customer sees of the chat. */
    public record VisitView(
            String customer, Optional<String> agentName, Interaction.State state, List<MessageView> messages) {}

    public DesktopView desktop(Agent agent) {
        return new DesktopView(
                agent(agent),
                presence(agent),
                list(agent),
                tabs.ofInteractions().stream().map(Views::tab).toList(),
                tabs.elsewhere(agent).stream().map(Views::tab).toList(),
                notices.of(agent.site(), agent.id()).stream().map(Views::notice).toList(),
                clock.instant());
    }

    public List<InteractionView> list(Agent agent) {
        return interactions.ofAgent(agent, clock.instant().minus(LATELY), MOST_ENDED).stream()
                .map(head -> interaction(head, Optional.of(agent)))
                .toList();
    }

    /** Empty if it is unknown, or neither rings for that agent nor is the agent's. */
    public Optional<DetailView> detail(Agent agent, InteractionId id) {
        return mine(agent, id)
                .map(head -> new DetailView(
                        interaction(head, Optional.of(agent)),
                        interactions.historyOf(agent.site(), head, MOST_EARLIER).stream()
                                .map(earlier -> interaction(earlier, Optional.empty()))
                                .toList()));
    }

    /** The messages of a chat after a number; empty if the chat is not the agent's to see. */
    public Optional<MessagesView> messages(Agent agent, InteractionId id, long after) {
        return mine(agent, id).map(head -> new MessagesView(lines(head, after)));
    }

    /** What the visitor of a chat sees; empty some time after its end. */
    public Optional<VisitView> visit(SiteId site, InteractionId id, long after) {
        return interactions
                .head(site, id)
                .filter(head -> head.interaction().kind() == Interaction.Kind.CHAT)
                .filter(head -> head.interaction().state() != Interaction.State.ENDED
                        || head.interaction().since().isAfter(clock.instant().minus(CustomerInteractions.REMEMBERED)))
                .map(head -> new VisitView(
                        head.interaction().customer().name(),
                        head.acceptedAt().flatMap(at -> agentName(head)),
                        head.interaction().state(),
                        lines(head, after)));
    }

    public Optional<MessageView> message(SiteId site, InteractionId id, long number) {
        return interactions.head(site, id).flatMap(head -> interactions.lines(site, id, number - 1, 1).stream()
                .findFirst()
                .map(line -> message(head, line)));
    }

    public PresenceView presence(Agent agent) {
        var state = presences.of(agent.site(), agent.id());
        return new PresenceView(state.status().name(), state.reason());
    }

    public AgentView agent(Agent agent) {
        return new AgentView(
                agent.id().value(),
                agent.name(),
                agent.site().value(),
                agent.roles().stream().map(Enum::name).sorted().toList());
    }

    private Optional<Head> mine(Agent agent, InteractionId id) {
        return interactions.head(agent.site(), id).filter(head -> {
            var owner = head.interaction().agent();
            return owner.equals(Optional.of(agent.id()))
                    || owner.isEmpty() && head.interaction().state() == Interaction.State.RINGING;
        });
    }

    private InteractionView interaction(Head head, Optional<Agent> viewer) {
        var it = head.interaction();
        boolean ended = it.state() == Interaction.State.ENDED;
        boolean theirs = it.kind() == Interaction.Kind.CHAT
                && viewer.isPresent()
                && it.agent().equals(viewer.map(Agent::id));
        return new InteractionView(
                it.id().value(),
                it.kind(),
                it.state(),
                it.agent().map(Object::toString),
                agentName(head),
                new CustomerView(it.customer().name(), it.customer().address()),
                head.arrivedAt(),
                head.acceptedAt(),
                ended ? Optional.of(it.since()) : Optional.empty(),
                head.endedBy().map(Enum::name),
                head.messages(),
                head.answered(),
                theirs ? Optional.of(links.path(it.site(), it.id())) : Optional.empty());
    }

    private Optional<String> agentName(Head head) {
        return head.interaction().agent().map(agent -> directory
                .met(head.interaction().site(), agent)
                .map(Agent::name)
                .orElse(agent.value()));
    }

    private List<MessageView> lines(Head head, long after) {
        return interactions.lines(head.interaction().site(), head.interaction().id(), after, MOST_LINES).stream()
                .map(line -> message(head, line))
                .toList();
    }

    private MessageView message(Head head, Line line) {
        var name = line.agent()
                .map(agent -> directory
                        .met(head.interaction().site(), agent)
                        .map(Agent::name)
                        .orElse(agent.value()))
                .orElse(head.interaction().customer().name());
        return new MessageView(line.number(), line.side(), name, line.text(), line.at());
    }

    private static TabView tab(DesktopTab tab) {
        return new TabView(tab.id(), tab.element(), tab.module(), tab.rank(), tab.titles(), tab.place());
    }

    private static NoticeView notice(Notices.Told told) {
        var texts = new TreeMap<String, String>();
        told.notice().texts().forEach((language, text) -> texts.put(language.getLanguage(), text));
        return new NoticeView(told.id(), texts, told.notice().urgent());
    }
}

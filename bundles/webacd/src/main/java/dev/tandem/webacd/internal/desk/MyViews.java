package dev.tandem.webacd.internal.desk;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Recorded;
import dev.tandem.platform.Agent;
import dev.tandem.platform.Agent.Role;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.WorkItem;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.config.QueueConfig.FormField;
import dev.tandem.webacd.internal.config.RoutingBook;
import dev.tandem.webacd.internal.desk.Views.AnswerView;
import dev.tandem.webacd.internal.desk.Views.CardView;
import dev.tandem.webacd.internal.desk.Views.ConsideredView;
import dev.tandem.webacd.internal.desk.Views.Explanations;
import dev.tandem.webacd.internal.desk.Views.LoadView;
import dev.tandem.webacd.internal.desk.Views.MyQueue;
import dev.tandem.webacd.internal.desk.Views.MyView;
import dev.tandem.webacd.internal.desk.Views.NamedQueue;
import dev.tandem.webacd.internal.desk.Views.OfferView;
import dev.tandem.webacd.internal.desk.Views.RoundView;
import dev.tandem.webacd.internal.desk.Views.SaidView;
import dev.tandem.webacd.internal.desk.Views.WaitView;
import dev.tandem.webacd.internal.desk.Views.WaitingView;
import dev.tandem.webacd.internal.desk.Views.WhyView;
import dev.tandem.webacd.internal.desk.Views.WorkView;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;
import dev.tandem.webacd.internal.work.WorkState.OneOffer;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** Makes views. Who may see an item at all: who is or was offered it, supervisors, administrators. */
@Component(service = MyViews.class)
public final class MyViews {
    private static final int LONGEST_LIST = 200;

    private final WorkBook book;
    private final WorkDesk work;
    private final Plans plans;
    private final RoutingBook routing;
    private final Waits waits;
    private final Absences absences;
    private final OtherWorks others;
    private final Sources sources;
    private final AgentDirectory directory;
    private final Clock clock;

    @Activate
    public MyViews(
            @Reference WorkBook book,
            @Reference WorkDesk work,
            @Reference Plans plans,
            @Reference RoutingBook routing,
            @Reference Waits waits,
            @Reference Absences absences,
            @Reference OtherWorks others,
            @Reference Sources sources,
            @Reference AgentDirectory directory,
            @Reference Clock clock) {
        this.book = book;
        this.work = work;
        this.plans = plans;
        this.routing = routing;
        this.waits = waits;
        this.absences = absences;
        this.others = others;
        this.sources = sources;
        this.directory = directory;
        this.clock = clock;
    }

    public MyView me(Agent agent) {
        // It asks for much, and a transaction for each question costs as much as the question.
        return book.table().together(() -> seen(agent));
    }

    private MyView seen(Agent agent) {
        var site = agent.site();
        var me = agent.id().value();
        var plan = Optional.ofNullable(plans.agents(site).get(agent.id()));
        var offers = new ArrayList<OfferView>();
        var have = new ArrayList<WorkView>();
        long assigned = 0;
        long wrapUp = 0;
        for (var id : book.table().ofAgent(site, me)) {
            var item = new WorkItemId(id);
            var state = book.load(site, item).state();
            state.pending().stream()
                    .filter(one -> one.agent().equals(me))
                    .findFirst()
                    .ifPresent(one -> offers.add(offer(site, item, state, one)));
            if (state.phase().loads() && state.agent().equals(Optional.of(me))) {
                have.add(work(site, item, state));
                assigned += state.phase() == Phase.ASSIGNED ? 1 : 0;
                wrapUp += state.phase() == Phase.WRAP_UP ? 1 : 0;
            }
        }
        return new MyView(
                MyBell.KIND + "/" + MyBell.own(me),
                plan.isPresent(),
                absences.of(site, agent.id()),
                plan.map(Plans.AgentPlan::capacity).orElse(0),
                plan.map(Plans.AgentPlan::inbound).orElse(false),
                new LoadView(offers.size(), assigned, wrapUp, others.of(site).getOrDefault(agent.id(), 0)),
                queues(agent),
                offers,
                have);
    }

    private List<MyQueue> queues(Agent agent) {
        var site = agent.site();
        var now = clock.instant();
        return plans.queues(site).stream()
                .filter(queue -> queue.members().containsKey(agent.id()))
                .map(queue -> new MyQueue(
                        queue.id().value(),
                        queue.slug(),
                        queue.name(),
                        queue.members().get(agent.id()),
                        queue.open(now),
                        queue.facts().pick(),
                        book.table().length(site, queue.id().value())))
                .toList();
    }

    /** Whether that agent works for that queue. */
    boolean serves(Agent agent, UUID queue) {
        return plans.queue(agent.site(), new QueueId(queue))
                .filter(plan -> plan.members().containsKey(agent.id()))
                .isPresent();
    }

    /** Who waits in a queue, for those who may pick from it. */
    public List<WaitingView> waiting(Agent agent, UUID queue) {
        var plan = plans.queue(agent.site(), new QueueId(queue))
                .filter(one ->
                        overseer(agent) || one.facts().pick() && one.members().containsKey(agent.id()))
                .orElseThrow(AgentDesk::unknown);
        var list = new ArrayList<WaitingView>();
        for (var id : book.table().waiting(agent.site(), plan.id().value(), LONGEST_LIST)) {
            var state = book.load(agent.site(), new WorkItemId(id)).state();
            if (state.phase() == Phase.WAITING) {
                var origin = state.origin();
                list.add(new WaitingView(
                        id,
                        list.size() + 1,
                        book.text(agent.site(), origin.name()).orElse(""),
                        work.company(agent.site(), origin),
                        origin.language(),
                        origin.priority(),
                        state.since()));
            }
        }
        return list;
    }

    private OfferView offer(SiteId site, WorkItemId id, WorkState state, OneOffer mine) {
        var item = work.find(site, id).orElseThrow(AgentDesk::unknown);
        var request = item.request();
        var card = sources.card(item);
        return new OfferView(
                mine.id(),
                id.value(),
                queue(site, state),
                request.name(),
                request.company(),
                request.language(),
                request.reason(),
                state.origin().by().map(by -> name(site, by)),
                answers(site, item),
                new CardView(
                        card.said().stream()
                                .map(one -> new SaidView(one.at(), one.by(), one.text()))
                                .toList(),
                        card.open()),
                state.pending().size() - 1,
                state.since(),
                mine.until());
    }

    public WorkView work(SiteId site, WorkItemId id) {
        return work(site, id, book.load(site, id).state());
    }

    private WorkView work(SiteId site, WorkItemId id, WorkState state) {
        var item = work.find(site, id).orElseThrow(AgentDesk::unknown);
        var request = item.request();
        return new WorkView(
                id.value(),
                item.state(),
                request.source(),
                request.sourceId(),
                queue(site, state),
                request.name(),
                request.company(),
                request.reason(),
                state.origin().by().map(by -> name(site, by)),
                answers(site, item),
                state.since(),
                state.assignedAt(),
                state.wrapUpUntil());
    }

    private Optional<NamedQueue> queue(SiteId site, WorkState state) {
        return state.queue()
                .map(id -> new NamedQueue(
                        id,
                        plans.queue(site, new QueueId(id))
                                .map(Plans.QueuePlan::name)
                                .orElse("")));
    }

    /** In the order of the form by which they were given, then whatever it does not ask any more. */
    private List<AnswerView> answers(SiteId site, WorkItem item) {
        var given = item.request().answers();
        var entry = item.request().attributes().getOrDefault("entry", "");
        List<FormField> fields = routing.of(site)
                .bySlug(entry)
                .or(() -> item.queue().flatMap(id -> routing.of(site).queue(id)))
                .map(queue -> queue.config().entry().fields())
                .orElse(List.of());
        var list = new ArrayList<AnswerView>();
        fields.stream()
                .filter(field -> given.containsKey(field.key()))
                .forEach(field -> list.add(new AnswerView(field.key(), field.label(), given.get(field.key()))));
        Set<String> known = fields.stream().map(FormField::key).collect(Collectors.toSet());
        given.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .forEach(key -> list.add(new AnswerView(key, Map.of(), given.get(key))));
        return list;
    }

    private String name(SiteId site, String agent) {
        return directory.find(site, new AgentId(agent)).map(Agent::name).orElse(agent);
    }

    /**
     * What was decided about an item.
     *
     * @param now why nobody is asked just now
     */
    public Explanations explanations(Agent agent, WorkItemId id, Optional<WorkFact.Why> now) {
        var site = agent.site();
        var state = book.load(site, id).state();
        boolean may = state.phase() != Phase.NONE
                && (overseer(agent)
                        || book.table().wasOffered(site, id.value(), agent.id().value()));
        if (!may) {
            throw AgentDesk.unknown();
        }
        var history = book.history(site, id, Set.of(WorkFact.Offered.class, WorkFact.Widened.class)).stream()
                .map(Recorded::event)
                .toList();
        var rounds = history.stream()
                .filter(WorkFact.Offered.class::isInstance)
                .map(WorkFact.Offered.class::cast)
                .map(one ->
                        new RoundView(one.offer(), one.at(), one.until(), asked(one, history), why(site, one.why())))
                .toList();
        return new Explanations(
                id.value(), WorkItem.State.valueOf(state.phase().name()), rounds, now.map(why -> why(site, why)));
    }

    /** Those who were asked at once, and those who came while they were. */
    private static List<String> asked(WorkFact.Offered round, List<WorkFact> history) {
        var later = history.stream()
                .filter(WorkFact.Widened.class::isInstance)
                .map(WorkFact.Widened.class::cast)
                .filter(one -> one.offer().equals(round.offer()))
                .flatMap(one -> one.agents().stream());
        return Stream.concat(round.agents().stream(), later).distinct().toList();
    }

    private WhyView why(SiteId site, WorkFact.Why why) {
        return new WhyView(
                why.strategy(),
                why.considered().stream()
                        .map(one ->
                                new ConsideredView(one.agent(), name(site, one.agent()), one.reason(), one.values()))
                        .toList(),
                why.more());
    }

    /** What the customer of that source may know of the wait. */
    public Optional<WaitView> wait(SiteId site, String source, String sourceId) {
        return standing(site, source, sourceId).map(Standing::view);
    }

    /** What a customer may know, and in which queue that is. */
    record Standing(WaitView view, Optional<UUID> queue) {}

    Optional<Standing> standing(SiteId site, String source, String sourceId) {
        return book.table().latestOf(site, source, sourceId).map(id -> {
            var item = new WorkItemId(id);
            var state = book.load(site, item).state();
            var plan = state.queue().flatMap(queue -> plans.queue(site, new QueueId(queue)));
            var place = waits.place(site, item);
            var view = new WaitView(
                    WorkItem.State.valueOf(state.phase().name()),
                    plan.map(Plans.QueuePlan::name),
                    place.filter(one ->
                                    plan.filter(Plans.QueuePlan::showPosition).isPresent())
                            .map(one -> one.number()),
                    place.filter(one -> plan.filter(Plans.QueuePlan::showWait).isPresent())
                            .flatMap(one -> one.estimate())
                            .map(java.time.Duration::toSeconds));
            return new Standing(view, state.queue());
        });
    }

    static boolean overseer(Agent agent) {
        return agent.has(Role.SUPERVISOR) || agent.has(Role.ADMINISTRATOR);
    }
}

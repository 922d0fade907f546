package dev.tandem.webacd.internal.desk;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.WorkItem;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.desk.Views.MyView;
import dev.tandem.webacd.internal.desk.Views.WorkView;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkEnds;
import dev.tandem.webacd.internal.work.WorkFact;

/** What agents do with offers and work. Any node does it. */
@Component(service = AgentDesk.class)
public final class AgentDesk {
    private static final long PICK_SECONDS = 3;

    private static final Map<String, String> NOT_PICKED = Map.of(
            "pick-gone", "Nobody waits there any more.",
            "pick-taken", "A colleague was faster, or somebody is asked just now.",
            "pick-not-allowed", "Nobody picks from this queue; it gives.",
            "pick-not-in-queue", "You do not work for this queue.",
            "pick-offline", "You are not signed in at the platform.",
            "pick-full", "You have as much as you may have at once.");

    private final WorkBook book;
    private final WorkDesk work;
    private final MyViews views;
    private final Sources sources;
    private final Absences absences;
    private final Picks picks;

    @Activate
    public AgentDesk(
            @Reference WorkBook book,
            @Reference WorkDesk work,
            @Reference MyViews views,
            @Reference Sources sources,
            @Reference Absences absences,
            @Reference Picks picks) {
        this.book = book;
        this.work = work;
        this.views = views;
        this.sources = sources;
        this.absences = absences;
        this.picks = picks;
    }

    /** Takes what is offered. @throws ProblemException 404, or 409 {@code offer-gone} */
    public WorkView accept(Agent agent, UUID offer, UUID command) {
        var item = offered(agent, offer);
        WorkEnds.accept(book, agent.site(), item, offer, agent.id().value(), command)
                .orElseThrow(ProblemException::refused);
        return given(agent, item);
    }

    public void decline(Agent agent, UUID offer, UUID command) {
        var item = offered(agent, offer);
        WorkEnds.decline(book, agent.site(), item, offer, agent.id().value(), command)
                .orElseThrow(ProblemException::refused);
    }

    private WorkItemId offered(Agent agent, UUID offer) {
        return book.table()
                .offered(agent.site(), offer, agent.id().value())
                .map(WorkItemId::new)
                .orElseThrow(AgentDesk::unknown);
    }

    /** The work itself is there when the answer is. */
    private WorkView given(Agent agent, WorkItemId item) {
        var site = agent.site();
        var now = work.find(site, item).orElseThrow(AgentDesk::unknown);
        if (now.state() == WorkItem.State.ASSIGNED) {
            sources.assigned(now, agent).ifPresent(refusal -> {
                throw ProblemException.refused(refusal);
            });
        }
        return views.work(site, item);
    }

    public MyView finishWrapUp(Agent agent, UUID item, UUID command) {
        var id = new WorkItemId(item);
        WorkEnds.finishWrapUp(book, agent.site(), id, agent.id().value(), command)
                .orElseThrow(ProblemException::refused);
        return views.me(agent);
    }

    /** The agent is there again, who had not answered. */
    public MyView back(Agent agent) {
        absences.back(agent.site(), agent.id());
        return views.me(agent);
    }

    /**
     * Takes what waits; the router says whether.
     *
     * @throws ProblemException 409 {@code pick-…}, or 503 {@code router-busy} if it does not answer
     */
    public WorkView pick(Agent agent, UUID item, UUID command) {
        var id = new WorkItemId(item);
        var site = agent.site();
        if (!mayPick(agent, id)) {
            throw unknown();
        }
        var pick = Ids.derived(command, "webacd.pick");
        var answer = picks.await(item, pick);
        WorkEnds.askToPick(book, site, id, pick, agent.id().value(), command).orElseThrow(refusal -> {
            answer.cancel(false);
            return ProblemException.refused(refusal);
        });
        var said = settled(site, id, pick).orElseGet(() -> waitFor(answer));
        answer.cancel(false);
        if (said.equals(Picks.GRANTED)) {
            return given(agent, id);
        }
        var words = NOT_PICKED.get(said);
        throw new ProblemException(
                words == null
                        ? new Problem(
                                503,
                                "router-busy",
                                "Nobody can say now whether you may take it; try again soon.",
                                Optional.empty(),
                                Optional.of(1L))
                        : new Problem(409, said, words));
    }

    /** A repeat finds it answered already, whatever has become of the item since. */
    private Optional<String> settled(SiteId site, WorkItemId item, UUID pick) {
        var state = book.load(site, item).state();
        if (state.pick().filter(one -> one.id().equals(pick)).isPresent()) {
            return Optional.empty();
        }
        return book.history(site, item, Set.of(WorkFact.PickGranted.class, WorkFact.PickRefused.class)).stream()
                .flatMap(recorded -> said(recorded.event(), pick).stream())
                .findFirst()
                .or(() -> Optional.of(Picks.TAKEN));
    }

    private static Optional<String> said(WorkFact fact, UUID pick) {
        if (fact instanceof WorkFact.PickGranted granted && granted.pick().equals(pick)) {
            return Optional.of(Picks.GRANTED);
        }
        return fact instanceof WorkFact.PickRefused refused && refused.pick().equals(pick)
                ? Optional.of(refused.why())
                : Optional.empty();
    }

    private static String waitFor(java.util.concurrent.CompletableFuture<String> answer) {
        try {
            return answer.get(PICK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    private boolean mayPick(Agent agent, WorkItemId item) {
        return book.load(agent.site(), item)
                .state()
                .queue()
                .filter(queue -> views.serves(agent, queue))
                .isPresent();
    }

    static ProblemException unknown() {
        return new ProblemException(Problem.unknown());
    }
}

package dev.tandem.webacd.internal.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.internal.simulator.Simulations;
import dev.tandem.webacd.internal.work.AbsentTable.Who;

/**
 * Topics {@code webacd/me} and, the same for one agent alone, {@code webacd/agent/ID}: all of the agent's offers and work. A
 * page that subscribes is a page that is there. {@code webacd/wait/SESSION} tells a customer of the wait, {@code webacd/monitor}
 * supervisors of everything, {@code webacd/simulations} administrators of how far they are.
 */
@Component(service = LiveTopics.class)
public final class MyTopics implements LiveTopics {
    private final MyViews views;
    private final MyBell bell;
    private final AgentPages pages;
    private final Monitor monitor;
    private final Simulations simulations;
    private final WaitBell waits;

    @Activate
    public MyTopics(
            @Reference MyViews views,
            @Reference MyBell bell,
            @Reference AgentPages pages,
            @Reference Monitor monitor,
            @Reference Simulations simulations,
            @Reference WaitBell waits) {
        this.views = views;
        this.bell = bell;
        this.pages = pages;
        this.monitor = monitor;
        this.simulations = simulations;
        this.waits = waits;
    }

    @Override
    public String kind() {
        return MyBell.KIND;
    }

    @Override
    public Delivery after(Caller caller, String id, long after) {
        var waiting = customer(caller, id);
        if (waiting.isPresent()) {
            return customer(waiting.get(), after);
        }
        if (id.equals(Monitor.ID)) {
            return monitor(caller, after);
        }
        if (id.equals(Simulations.TOPIC)) {
            return simulations(caller, after);
        }
        var agent = agent(caller, id).orElseThrow(() -> new ProblemException(Problem.unknown()));
        // The number before the state: what changes in between is delivered once more, never missed.
        long number = bell.number(agent.site(), agent.id().value(), after);
        return number == after
                ? new Delivery.Messages(List.of())
                : new Delivery.Snapshot(new Message(number, "webacd.me", views.me(agent)));
    }

    private Delivery customer(Caller.OfCustomer customer, long after) {
        var id = customer.session().toString();
        long number = bell.number(customer.site(), MyBell.WAIT + id, after);
        if (number == after) {
            return new Delivery.Messages(List.of());
        }
        waits.asks(customer.site(), id);
        var stands = views.standing(customer.site(), MyBell.SESSION, id);
        waits.told(customer.site(), id, stands.flatMap(MyViews.Standing::queue));
        return stands.<Delivery>map(one -> new Delivery.Snapshot(new Message(number, "webacd.wait", one.view())))
                .orElseGet(() -> new Delivery.Messages(List.of()));
    }

    private static Optional<Caller.OfCustomer> customer(Caller caller, String id) {
        return caller instanceof Caller.OfCustomer customer && id.equals(MyBell.WAIT + customer.session())
                ? Optional.of(customer)
                : Optional.empty();
    }

    private Delivery monitor(Caller caller, long after) {
        if (!(caller instanceof Caller.OfAgent of) || !MyViews.overseer(of.agent())) {
            throw new ProblemException(Problem.unknown());
        }
        long number = monitor.number(caller.site(), after);
        return number == after
                ? new Delivery.Messages(List.of())
                : new Delivery.Snapshot(new Message(number, "webacd.monitor", monitor.view(caller.site())));
    }

    private Delivery simulations(Caller caller, long after) {
        if (!(caller instanceof Caller.OfAgent of) || !of.agent().has(Agent.Role.ADMINISTRATOR)) {
            throw new ProblemException(Problem.unknown());
        }
        long number = simulations.number(caller.site(), after);
        return number == after
                ? new Delivery.Messages(List.of())
                : new Delivery.Snapshot(new Message(
                        number, "webacd.simulations", Map.of("simulations", simulations.all(caller.site()))));
    }

    private static Optional<Agent> agent(Caller caller, String id) {
        return caller instanceof Caller.OfAgent of
                        && (id.equals(MyBell.ME)
                                || id.equals(MyBell.own(of.agent().id().value())))
                ? Optional.of(of.agent())
                : Optional.empty();
    }

    @Override
    public void attached(Caller caller, String id, UUID page) {
        customer(caller, id)
                .ifPresent(customer ->
                        waits.attached(customer.site(), customer.session().toString()));
        agent(caller, id)
                .ifPresent(
                        agent -> pages.attached(new Who(agent.site(), agent.id().value()), page));
    }

    @Override
    public void detached(Caller caller, String id, UUID page) {
        customer(caller, id)
                .ifPresent(customer ->
                        waits.detached(customer.site(), customer.session().toString()));
        agent(caller, id)
                .ifPresent(
                        agent -> pages.detached(new Who(agent.site(), agent.id().value()), page));
    }
}

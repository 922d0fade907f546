package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Set;

import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Node;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.FakeCluster;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.admin.Fingerprint;
import dev.tandem.web.internal.admin.HealthChecks;
import dev.tandem.web.testing.FakeCall;

public class NodesResourceTest {
    private static final Call HOME = new FakeCall(Fakes.ANNA, Fakes.ACME);
    private static final Call ELSEWHERE = new FakeCall(
            new Caller.OfAgent(new Agent(Fakes.OTHER, new AgentId("otto"), "Otto", Set.of(Agent.Role.ADMINISTRATOR))),
            Fakes.ACME);

    private final FakeCluster cluster = new FakeCluster();
    private final FakeCluster.Member a = cluster.join("a");
    private final FakeCluster.Member b = cluster.join("b");
    private NodesResource resource;

    @Before
    public void open() {
        b.fingerprint("another");
        HealthCheckExecutor nobody = new HealthCheckExecutor() {
            @Override
            public List<HealthCheckExecutionResult> execute(HealthCheckSelector selector) {
                return List.of();
            }

            @Override
            public List<HealthCheckExecutionResult> execute(
                    HealthCheckSelector selector, HealthCheckExecutionOptions options) {
                return List.of();
            }
        };
        resource = new NodesResource(a, a, new Fingerprint(a, purpose -> new byte[32]), new HealthChecks(nobody));
    }

    private static String code(ProblemException refused) {
        return refused.problem().code();
    }

    @Test
    public void allNodesAreListedAndWhichOneAnswers() {
        var all = resource.all(HOME);
        assertTrue(all.mayChange());
        assertEquals(
                List.of("a", "b"),
                all.nodes().stream().map(NodesResource.One::name).toList());
        assertEquals(
                List.of(true, false),
                all.nodes().stream().map(NodesResource.One::answers).toList());
        assertEquals(
                List.of(false, true),
                all.nodes().stream().map(NodesResource.One::otherSecret).toList());
        assertTrue("others look and no more", !resource.all(ELSEWHERE).mayChange());
    }

    private static List<String> told(NodesResource.All all) {
        return all.nodes().stream()
                .flatMap(node -> node.alone().stream()
                        .map(duty -> node.name() + " " + duty.what() + " " + duty.sites() + " " + duty.count()))
                .toList();
    }

    @Test
    public void whichNodeRoutesWhichSiteIsShown() {
        a.take(Fakes.ACME, "router");
        b.take(Fakes.OTHER, "router");
        b.take(Fakes.ACME, "deadlines");
        b.take(Fakes.OTHER, "deadlines");
        b.take(Fakes.ACME, "media/1");
        assertEquals(
                List.of("a router [acme] 1", "b deadlines [acme, other] 2", "b router [other] 1"),
                told(resource.all(HOME)));
        assertEquals(
                "what other sites there are is nobody else's business",
                List.of("b deadlines [other] 1", "b router [other] 1"),
                told(resource.all(ELSEWHERE)));
        resource.drain("self", HOME);
        assertEquals(List.of("b deadlines [acme, other] 2", "b router [other] 1"), told(resource.all(HOME)));
    }

    @Test
    public void ofManySitesTheFirstHundredAreNamed() {
        for (int n = 100; n < 300; n++) {
            a.take(new SiteId("s" + n), "router");
        }
        var duty = resource.all(HOME).nodes().get(0).alone().get(0);
        assertEquals(List.of(100, 200), List.of(duty.sites().size(), duty.count()));
        assertEquals("s100", duty.sites().get(0));
    }

    @Test
    public void onlyTheNodeThatIsMeantIsDrained() {
        for (var other : List.of("b", b.self().id().toString(), "")) {
            assertEquals("other-node", code(assertThrows(ProblemException.class, () -> resource.drain(other, HOME))));
        }
        assertEquals(Node.State.UP, a.self().state());
        for (var name : List.of("a", "self", a.self().id().toString())) {
            assertEquals(
                    Node.State.DRAINING,
                    resource.drain(name, HOME).nodes().get(0).state());
            assertEquals(
                    Node.State.UP, resource.resume(name, HOME).nodes().get(0).state());
        }
        assertEquals(Node.State.UP, b.self().state());
    }

    @Test
    public void theNodeBelongsToTheFirstSite() {
        assertEquals(
                "home-administrator-needed",
                code(assertThrows(ProblemException.class, () -> resource.drain("self", ELSEWHERE))));
        assertEquals(
                "home-administrator-needed",
                code(assertThrows(ProblemException.class, () -> resource.resume("self", ELSEWHERE))));
        assertEquals(Node.State.UP, a.self().state());
    }

    @Test
    public void healthNamesTheNodeAndEveryCheckThatIsMissing() {
        var health = resource.health(HOME);
        assertEquals("a", health.node());
        assertEquals(HealthChecks.Status.DOWN, health.status());
        assertEquals(3, health.checks().size());
    }
}

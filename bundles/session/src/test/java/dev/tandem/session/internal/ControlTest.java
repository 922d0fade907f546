package dev.tandem.session.internal;

import static dev.tandem.session.internal.World.ANNA;
import static dev.tandem.session.internal.World.BEN;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.session.internal.Views.ViewerView;
import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.ProblemException;

/** Assisting, passing control, several customers and outside viewers, on a real journal. */
public class ControlTest {
    private static final Agent CARL =
            new Agent(World.SITE, new AgentId("carl.dunn"), "Carl Dunn", Set.of(Agent.Role.AGENT));
    private static final Agent FOREIGN =
            new Agent(new SiteId("other"), new AgentId("eve.hill"), "Eve Hill", Set.of(Agent.Role.AGENT));
    private static final URI HERE = URI.create("http://127.0.0.1:8181");

    private World world = new World();
    private AgentView view;

    @Before
    public void start() {
        view = world.start();
    }

    @After
    public void close() {
        world.close();
    }

    private static UUID id() {
        return UUID.randomUUID();
    }

    private AgentView assist(Agent agent) {
        return world.control.assist(agent, view.number(), id()).orElseThrow();
    }

    private World.Page page(Agent agent) {
        return world.new Page(new Caller.OfAgent(agent), view.id(), id()).open();
    }

    private void start(UUID by, String activity, Scope scope) {
        world.sessions
                .start(World.SITE, new SessionId(view.id()), activity, new ParticipantId(by), scope, id())
                .orElseThrow(ProblemException::refused);
    }

    private List<String> running() {
        return world.now(view).activities().stream()
                .map(Views.ActivityView::name)
                .toList();
    }

    private static void problem(int status, String code, ThrowingRunnable what) {
        var problem = assertThrows(ProblemException.class, what).problem();
        assertEquals(status + " " + code, problem.status() + " " + problem.code());
    }

    @Test
    public void aNumberAdmitsAgentsOfTheSiteWhileTheSessionLives() {
        var number = view.number();
        assertEquals(Optional.empty(), world.control.assist(FOREIGN, number, id()));
        assertEquals(Optional.empty(), world.control.assist(BEN, "nonsense", id()));
        var spaced = number.substring(0, 3) + " " + number.substring(3);
        var command = id();
        var ben = world.control.assist(BEN, spaced, command).orElseThrow();
        assertEquals(
                ben.me(),
                world.control.assist(BEN, number, command).orElseThrow().me());
        assertEquals(ben.me(), assist(BEN).me());
        assertEquals(Optional.of(view.me()), ben.controller());
        assertEquals(List.of(view.id()), ids(world.control.mine(BEN)));
        world.agents.leave(BEN, view.id(), id());
        assertEquals(List.of(), world.control.mine(BEN));
        assertEquals("in again, as the same", ben.me(), assist(BEN).me());
        world.agents.end(ANNA, view.id(), id());
        assertEquals(Optional.empty(), world.control.assist(CARL, number, id()));
        assertEquals(List.of(), world.control.mine(BEN));
    }

    private static List<UUID> ids(List<AgentView> views) {
        return views.stream().map(AgentView::id).toList();
    }

    @Test
    public void controlPassesAndComesBackAndEndsWhatWasGrantedFor() {
        var customer = world.join(view).customer().participant();
        var ben = assist(BEN).me();
        start(customer, "screen", Scope.CUSTOMER);
        start(view.me(), "recording", Scope.CONTROL);
        start(customer, "call", Scope.SESSION);
        problem(403, "not-controller", () -> start(ben, "files", Scope.CONTROL));
        problem(403, "not-controller", () -> world.control.pass(BEN, view.id(), ben, 1, id()));
        problem(409, "control-passed", () -> world.control.pass(ANNA, view.id(), ben, 2, id()));
        problem(409, "not-assistant", () -> world.control.pass(ANNA, view.id(), customer, 1, id()));
        problem(409, "not-assistant", () -> world.control.pass(ANNA, view.id(), view.me(), 1, id()));

        var passed = world.control.pass(ANNA, view.id(), ben, 1, id());
        assertEquals(Optional.of(ben), passed.controller());
        assertEquals(2, passed.epoch());
        assertEquals(List.of("call"), running());
        problem(409, "control-passed", () -> world.control.pass(ANNA, view.id(), ben, 1, id()));
        problem(403, "not-controller", () -> world.agents.end(ANNA, view.id(), id()));
        problem(403, "not-controller", () -> world.agents.renew(ANNA, view.id(), World.URL, id()));
        problem(403, "not-controller", () -> world.control.remove(ANNA, view.id(), customer, id()));
        problem(403, "not-controller", () -> start(view.me(), "screen", Scope.CUSTOMER));
        problem(409, "control-first", () -> world.agents.leave(BEN, view.id(), id()));

        assertEquals(
                Optional.of(view.me()),
                world.control.pass(BEN, view.id(), view.me(), 2, id()).controller());
        start(view.me(), "screen", Scope.CUSTOMER);
        world.agents.leave(BEN, view.id(), id());
        problem(409, "not-assistant", () -> world.control.pass(ANNA, view.id(), ben, 3, id()));
    }

    @Test
    public void W3_assistantWhoClosesThePageLeavesAtOnceButNotByAReload() {
        page(ANNA);
        var ben = assist(BEN).me();
        var bens = page(BEN);
        bens.close();
        world.passSeconds(3);
        bens.open();
        world.passSeconds(60);
        assertEquals(Participant.State.JOINED, state(ben));
        bens.close();
        world.passSeconds(5);
        assertEquals(Participant.State.LEFT, state(ben));
        assertEquals(State.WAITING, world.now(view).state());
    }

    @Test
    public void W3_assistantWhoHasAnotherPageOrOnlyLostTheLineStays() {
        page(ANNA);
        var ben = assist(BEN).me();
        page(BEN).close();
        world.passSeconds(1);
        var other = page(BEN);
        world.passSeconds(60);
        assertEquals(Participant.State.JOINED, state(ben));
        other.drop();
        world.passSeconds(20);
        assertEquals(Participant.State.DISCONNECTED, state(ben));
    }

    @Test
    public void W3_assistantWhoIsTheLastAgentHasTheGraceToComeBack() {
        var annas = page(ANNA);
        var ben = assist(BEN).me();
        var bens = page(BEN);
        world.control.pass(ANNA, view.id(), ben, 1, id());
        bens.drop();
        world.passSeconds(33);
        annas.close();
        world.passSeconds(20);
        assertEquals(Participant.State.DISCONNECTED, state(view.me()));
        world.passSeconds(12);
        assertEquals(State.ENDED, world.now(view).state());
    }

    private Participant.State state(UUID participant) {
        return world.now(view).participants().stream()
                .filter(p -> p.id().equals(participant))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    public void controlIsOfferedToTheFirstAssistantThenToTheNextThenToAll() {
        var annas = page(ANNA);
        var ben = assist(BEN).me();
        page(BEN);
        var carl = assist(CARL).me();
        page(CARL);
        start(view.me(), "recording", Scope.CONTROL);
        annas.drop();
        world.passSeconds(28);
        assertFalse("within the grace", world.now(view).vacant());
        assertEquals(List.of("recording"), running());
        world.passSeconds(4);
        var lost = world.now(view);
        assertTrue(lost.vacant());
        assertEquals(Optional.of(ben), lost.offered());
        assertEquals(List.of(), running());
        assertEquals(State.WAITING, lost.state());
        problem(409, "not-offered", () -> world.control.accept(CARL, view.id(), id()));
        problem(409, "not-offered", () -> world.control.decline(CARL, view.id(), id()));

        world.control.decline(BEN, view.id(), id());
        assertEquals(Optional.of(carl), world.now(view).offered());
        world.passSeconds(31);
        var open = world.now(view);
        assertTrue(open.vacant());
        assertEquals("everybody", Optional.empty(), open.offered());
        var taken = world.control.accept(BEN, view.id(), id());
        assertEquals(Optional.of(ben), taken.controller());
        assertEquals(2, taken.epoch());
        assertFalse(taken.vacant());
        problem(409, "not-offered", () -> world.control.accept(CARL, view.id(), id()));
        assertEquals(
                "Anna comes back as an assistant",
                Optional.of(ben),
                world.agents.comeBack(ANNA, view.id(), id()).controller());
    }

    @Test
    public void whoReturnsBeforeControlWasTakenHasItStill() {
        var annas = page(ANNA);
        assist(BEN);
        page(BEN);
        annas.drop();
        world.passSeconds(34);
        assertTrue(world.now(view).vacant());
        var back = world.agents.comeBack(ANNA, view.id(), id());
        annas.open();
        assertFalse(back.vacant());
        assertEquals(Optional.of(view.me()), back.controller());
        assertEquals(1, back.epoch());
        problem(409, "not-offered", () -> world.control.accept(BEN, view.id(), id()));
        world.passSeconds(60);
        assertFalse("the offer's time is no more", world.now(view).vacant());
    }

    @Test
    public void whoComesInWhileNobodyControlsIsAsked() {
        world.agents.leave(ANNA, view.id(), id());
        var ben = assist(BEN);
        page(BEN);
        assertEquals(Optional.of(ben.me()), ben.offered());
        world.passSeconds(40);
        assertEquals("the session lives on", State.WAITING, world.now(view).state());
        assertEquals(
                Optional.of(ben.me()),
                world.control.accept(BEN, view.id(), id()).controller());
    }

    @Test
    public void selectingAnotherCustomerEndsWhatWasGoingOnWithTheFirst() {
        var first = world.join(view).customer().participant();
        var more = world.seats.more(ANNA, view.id(), id());
        var second = world.tryJoin(more.seats().get(1).pin()).orElseThrow().customer();
        assertEquals(Optional.of(first), world.now(view).assisted());
        problem(403, "not-assisted", () -> start(second.participant(), "screen", Scope.CUSTOMER));
        start(first, "screen", Scope.CUSTOMER);
        start(view.me(), "recording", Scope.CONTROL);
        world.control.select(ANNA, view.id(), second.participant(), id());
        assertEquals(Optional.of(second.participant()), world.now(view).assisted());
        assertEquals(List.of("recording"), running());
        problem(403, "not-assisted", () -> start(first, "screen", Scope.CUSTOMER));
        start(second.participant(), "screen", Scope.CUSTOMER);
        world.customers.leave(second, view.id(), id());
        assertEquals(
                "the next one, without a click",
                Optional.of(first),
                world.now(view).assisted());
        problem(409, "not-present", () -> world.control.select(ANNA, view.id(), second.participant(), id()));
        problem(409, "not-present", () -> world.control.select(ANNA, view.id(), view.me(), id()));
    }

    @Test
    public void whoIsRemovedIsOutAndTheSeatWithThem() {
        var customer = world.join(view);
        var pin = world.pin(view);
        var ben = assist(BEN).me();
        var after = world.control.remove(ANNA, view.id(), customer.customer().participant(), id());
        assertTrue(world.tokens.recognise(customer.token()).isEmpty());
        assertTrue("the PIN is dead", world.tryJoin(pin).isEmpty());
        assertEquals("a fresh seat instead", 1, after.seats().size());
        assertFalse(after.seats().get(0).pin().equals(pin));
        assertTrue(world.tryJoin(after.seats().get(0).pin()).isPresent());
        problem(409, "removed", () -> world.seenBy(customer));
        world.control.remove(ANNA, view.id(), ben, id());
        assertEquals("by no number again", Optional.empty(), world.control.assist(BEN, view.number(), id()));
        problem(404, "unknown", () -> world.views.of(new Caller.OfAgent(BEN), view.id()));
        problem(409, "not-present", () -> world.control.remove(ANNA, view.id(), view.me(), id()));
    }

    @Test
    public void aViewerLooksUntilTheLinkIsRevoked() {
        var invited = world.viewers.invite(ANNA, view.id(), Optional.empty(), Locale.FRENCH, HERE, id());
        var link = invited.viewers().get(0);
        assertEquals("Expert externe", link.name());
        var token = link.url().toString().substring((HERE + "/v/").length());
        assertTrue(token, token.matches("[A-Za-z0-9_-]{22}"));
        assertEquals(Optional.empty(), world.viewers.open(token + "x", id()));
        var admitted = world.viewers.open(token, id()).orElseThrow();
        assertEquals("opened twice", admitted, world.viewers.open(token, id()).orElseThrow());
        var viewer = admitted.viewer();
        assertEquals(Optional.of(viewer), world.viewerLinks.recognise(admitted.token()));
        assertTrue(
                "no customer's token", world.tokens.recognise(admitted.token()).isEmpty());
        var seen = (ViewerView) world.views.of(viewer, view.id());
        assertEquals(
                List.of("Anna Bell", "Expert externe"),
                seen.participants().stream().map(Views.PersonView::name).toList());
        problem(404, "unknown", () -> world.sessions.membership(viewer, new SessionId(view.id())));
        assertEquals(
                Participant.Role.VIEWER,
                world.sessions
                        .audience(viewer, new SessionId(view.id()))
                        .participant()
                        .role());
        problem(403, "view-only", () -> start(viewer.participant(), "screen", Scope.SESSION));

        var page = world.new Page(viewer, view.id(), id()).open();
        page.drop();
        world.passSeconds(34);
        problem(403, "link-refused", () -> world.views.of(viewer, view.id()));
        world.viewers.open(token, id()).orElseThrow();
        assertTrue(page.open().after(0) instanceof LiveTopics.Delivery.Snapshot);

        problem(403, "not-controller", () -> {
            assist(BEN);
            world.viewers.revoke(BEN, view.id(), viewer.participant(), id());
        });
        world.viewers.revoke(ANNA, view.id(), viewer.participant(), id());
        problem(403, "link-refused", () -> page.after(0));
        assertEquals(Optional.empty(), world.viewers.open(token, id()));
        assertEquals(Optional.empty(), world.viewerLinks.recognise(admitted.token()));
    }

    @Test
    public void linksForViewersDieWithTheSession() {
        var invited = world.viewers.invite(ANNA, view.id(), Optional.of("Zoé"), Locale.ENGLISH, HERE, id());
        var token = invited.viewers().get(0).url().getPath().substring("/v/".length());
        var admitted = world.viewers.open(token, id()).orElseThrow();
        var page = world.new Page(admitted.viewer(), view.id(), id()).open();
        world.agents.end(ANNA, view.id(), id());
        assertEquals(Optional.empty(), world.viewers.open(token, id()));
        assertEquals(Optional.empty(), world.viewerLinks.recognise(admitted.token()));
        assertTrue("the end is seen", page.after(0) instanceof LiveTopics.Delivery.Snapshot);
        problem(409, "session-ended", () -> page.after(1_000));
    }

    @Test
    public void anotherNodeKnowsTheSameAfterACrash() {
        var token = world.viewers
                .invite(ANNA, view.id(), Optional.of("Zoé"), Locale.ENGLISH, HERE, id())
                .viewers()
                .get(0)
                .url()
                .getPath()
                .substring("/v/".length());
        var ben = assist(BEN).me();
        world.control.pass(ANNA, view.id(), ben, 1, id());
        world = world.crashed();
        assertTrue(world.viewers.open(token, id()).isPresent());
        assertEquals(List.of(view.id()), ids(world.control.mine(BEN)));
        assertEquals(2, world.now(view).epoch());
    }
}

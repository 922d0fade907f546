package dev.tandem.session.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.junit.After;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

import dev.tandem.platform.Agent;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.internal.InvitationDesk;
import dev.tandem.session.internal.InvitationView;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.session.internal.World;
import dev.tandem.web.AttemptLimiter;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.testing.FakeCall;

/** The REST doors, without HTTP. */
public class DoorsTest {
    private final World world = new World();
    private final List<String> attempts = new ArrayList<>();
    private final AttemptLimiter limiter = new AttemptLimiter() {
        @Override
        public <T> Optional<T> attempt(SiteId site, String what, String address, Supplier<Optional<T>> attempt) {
            var found = attempt.get();
            attempts.add(site + " " + what + " " + address + " " + found.isPresent());
            return found;
        }
    };
    private final Problem full = new Problem(429, "too-many-attempts", "Too many.");
    /** Of an address at which too many have failed. */
    private final AttemptLimiter shut = new AttemptLimiter() {
        @Override
        public <T> Optional<T> attempt(SiteId site, String what, String address, Supplier<Optional<T>> attempt) {
            throw new ProblemException(full);
        }
    };

    private final JoinResource door = new JoinResource(limiter, world.customers, world.views);
    private final SessionsResource resource = sessions(limiter);
    private final Call stranger = new FakeCall(new Caller.Anonymous(World.SITE));
    private final Call anna = new FakeCall(new Caller.OfAgent(World.ANNA));

    @After
    public void close() {
        world.close();
    }

    @Test
    public void B3_whateverDoesNotAdmitGetsTheSameAnswerAndCounts() {
        var ended = world.start();
        resource.session(anna, ended.id().toString());
        world.agents.end(World.ANNA, ended.id(), UUID.randomUUID());
        var living = world.start();
        var answers = new ArrayList<Problem>();
        for (var pin :
                List.of("000000000", world.pin(ended), "", "12345", "not digits", "9".repeat(60_000), "٤٨٢٩١٣٥٠٧")) {
            answers.add(problem(() ->
                    door.join(stranger, new JoinResource.Join(Optional.of(pin), Optional.empty(), Optional.empty()))));
        }
        for (var site : List.of("acme", "No Site!", "")) {
            var body = new JoinResource.Join(Optional.of(world.pin(living)), Optional.of(site), Optional.empty());
            answers.add(problem(() -> door.join(stranger, body)));
        }
        assertEquals(1, answers.stream().distinct().count());
        assertEquals("pin-refused", answers.get(0).code());
        assertEquals(403, answers.get(0).status());
        assertEquals(10, attempts.size());
        assertTrue(attempts.toString(), attempts.stream().allMatch(a -> a.endsWith(" pin 192.0.2.7 false")));
        assertEquals("acme pin 192.0.2.7 false", attempts.get(7));
        assertEquals("pin", problem(() -> door.join(stranger, null)).field().orElseThrow());
    }

    @Test
    public void W7_rightPinAdmitsOfTheDefaultSiteOrTheOneThatIsNamed() {
        var view = world.start();
        var joined = door.join(
                stranger, new JoinResource.Join(Optional.of(world.pin(view)), Optional.empty(), Optional.empty()));
        assertEquals(view.id(), joined.session());
        assertEquals(State.ACTIVE, joined.view().state());
        assertEquals(List.of("main pin 192.0.2.7 true"), attempts);
        var again = door.join(
                stranger, new JoinResource.Join(Optional.of(world.pin(view)), Optional.of("main"), Optional.empty()));
        assertNotEquals(joined.token(), again.token());
        assertTrue(joined.token(), joined.token().matches("main\\.[A-Za-z0-9_-]{43}"));
    }

    @Test
    public void B19_aLivingLinkAdmitsWhateverOthersHaveTriedFromTheSameAddress() {
        var closed = new ViewResource(shut, world.viewers, world.views);
        var view = world.start();
        var invited = world.viewers.invite(
                World.ANNA, view.id(), Optional.of("Eva"), Locale.ENGLISH, stranger.publicUrl(), UUID.randomUUID());
        var url = invited.viewers().get(0).url().toString();
        var token = url.substring(url.lastIndexOf('/') + 1);
        assertEquals(
                view.id(), closed.open(stranger, new ViewResource.Open(token)).session());
        assertEquals(full, problem(() -> closed.open(stranger, new ViewResource.Open("A".repeat(22)))));
        world.viewers.revoke(World.ANNA, view.id(), invited.viewers().get(0).id(), UUID.randomUUID());
        assertEquals(full, problem(() -> closed.open(stranger, new ViewResource.Open(token))));
        var open = new ViewResource(limiter, world.viewers, world.views);
        assertEquals(
                "link-refused",
                problem(() -> open.open(stranger, new ViewResource.Open(token))).code());
        assertEquals(List.of("main view 192.0.2.7 false"), attempts);
    }

    @Test
    public void B3_aLivingInvitationAdmitsWhateverOthersHaveTriedFromTheSameAddress() {
        var closed = new JoinResource(shut, world.customers, world.views);
        var view = world.start();
        var invited = invite(view, Role.CUSTOMER);
        var link = joinBy(token(invited));
        assertEquals(full, problem(() -> closed.join(stranger, joinBy("A".repeat(22)))));
        var pin = new JoinResource.Join(Optional.of(world.pin(view)), Optional.empty(), Optional.empty());
        assertEquals("a PIN can be guessed", full, problem(() -> closed.join(stranger, pin)));
        assertEquals(view.id(), closed.join(stranger, link).session());
        assertEquals(view.id(), door.join(stranger, link).session());
        assertEquals("it does not make the wrong ones forgotten", List.of(), attempts);
        var agents = joinBy(token(invite(view, Role.AGENT)));
        assertEquals("an agent's is none for customers", full, problem(() -> closed.join(stranger, agents)));

        world.invitations.withdraw(World.ANNA, view.id(), invited.id(), UUID.randomUUID());
        assertEquals(full, problem(() -> closed.join(stranger, link)));
        assertEquals("pin-refused", problem(() -> door.join(stranger, link)).code());
        assertEquals(List.of("main pin 192.0.2.7 false"), attempts);
        var later = joinBy(token(invite(view, Role.CUSTOMER)));
        world.agents.end(World.ANNA, view.id(), UUID.randomUUID());
        assertEquals(full, problem(() -> closed.join(stranger, later)));
    }

    @Test
    public void B3_aLivingInvitationOfAnAgentAdmitsWhateverOthersHaveTriedFromTheSameAddress() {
        var closed = sessions(shut);
        var ben = new FakeCall(new Caller.OfAgent(World.BEN));
        var view = world.start();
        var invited = invite(view, Role.AGENT);
        var link = assistBy(token(invited));
        assertEquals(full, problem(() -> closed.assist(ben, assistBy("A".repeat(22)))));
        var number = new SessionsResource.Assist(Optional.of(view.number()), Optional.empty());
        assertEquals("a number can be guessed", full, problem(() -> closed.assist(ben, number)));
        var customers = assistBy(token(invite(view, Role.CUSTOMER)));
        assertEquals(full, problem(() -> closed.assist(ben, customers)));
        var acme = new Agent(new SiteId("acme"), World.BEN.id(), "Ben", World.BEN.roles());
        assertEquals(
                "of another site", full, problem(() -> closed.assist(new FakeCall(new Caller.OfAgent(acme)), link)));
        assertEquals(view.id(), closed.assist(ben, link).id());
        assertEquals("it is Ben's now", view.id(), resource.assist(ben, link).id());
        assertEquals(List.of(), attempts);

        world.invitations.withdraw(World.ANNA, view.id(), invited.id(), UUID.randomUUID());
        assertEquals(full, problem(() -> closed.assist(ben, link)));
        assertEquals("number-refused", problem(() -> resource.assist(ben, link)).code());
        assertEquals(List.of("main number 192.0.2.7 false"), attempts);
    }

    @Test
    public void anAgentWhoTriesTheLinkInTheSameBrowserJoinsTheDefaultSite() {
        var acme = new Agent(new SiteId("acme"), World.ANNA.id(), "Anna", World.ANNA.roles());
        var body = new JoinResource.Join(Optional.of(world.pin(world.start())), Optional.empty(), Optional.empty());
        assertEquals(
                World.SITE.value(),
                door.join(new FakeCall(new Caller.OfAgent(acme)), body).token().split("\\.")[0]);
    }

    @Test
    public void namesHaveOneToSixtyCharacters() {
        var view = world.start();
        var customer = world.join(view).customer();
        var call = new FakeCall(customer);
        var id = view.id().toString();
        for (var bad : List.of("", "   ", "n".repeat(61), "a\u0007b", "🦊".repeat(61))) {
            var problem = problem(() -> resource.rename(call, id, new SessionsResource.Name(bad)));
            assertEquals(Optional.of("name"), problem.field());
        }
        resource.rename(call, id, new SessionsResource.Name("  " + "🦊".repeat(60) + " "));
        assertEquals("🦊".repeat(60), world.now(view).participants().get(1).name());
        assertEquals(
                401,
                problem(() -> resource.rename(stranger, id, new SessionsResource.Name("x")))
                        .status());
        assertEquals(
                404,
                problem(() -> resource.rename(anna, id, new SessionsResource.Name("x")))
                        .status());
        var other = world.start(World.CHAT).id().toString();
        assertEquals(
                404,
                problem(() -> resource.rename(call, other, new SessionsResource.Name("x")))
                        .status());
    }

    @Test
    public void badIdsAndFieldsAreNamed() {
        var view = world.start();
        assertEquals(404, problem(() -> resource.session(anna, "no-uuid")).status());
        assertEquals("page", field(() -> resource.closing(anna, view.id().toString(), new SessionsResource.Page("x"))));
        assertEquals("page", field(() -> resource.closing(anna, view.id().toString(), null)));
        assertEquals("interaction", field(() -> resource.living(anna, "x".repeat(129), false)));
        assertEquals("interaction", field(() -> resource.living(anna, null, false)));
        assertEquals("interaction", field(() -> resource.start(anna, new SessionsResource.Start(" "))));
        assertEquals(
                1, resource.living(anna, World.CALL.value(), false).sessions().size());
        assertEquals(
                401, problem(() -> resource.end(stranger, view.id().toString())).status());
        assertEquals(
                401,
                problem(() -> resource.end(
                                new FakeCall(world.join(view).customer()),
                                view.id().toString()))
                        .status());
    }

    private SessionsResource sessions(AttemptLimiter limit) {
        return new SessionsResource(
                world.agents,
                world.customers,
                world.control,
                world.viewers,
                limit,
                world.views,
                world.seats,
                new ConsentsResource(world.consents),
                new NotesResource(world.notes),
                new InvitationsResource(world.invitations));
    }

    private InvitationView invite(AgentView view, Role role) {
        var wish = new InvitationDesk.Wish(role, "", true, "en", stranger.publicUrl());
        return world.invitations
                .invite(World.ANNA, view.id(), wish, UUID.randomUUID())
                .invitation();
    }

    private static String token(InvitationView invitation) {
        var url = invitation.url().toString();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static JoinResource.Join joinBy(String token) {
        return new JoinResource.Join(Optional.empty(), Optional.empty(), Optional.of(token));
    }

    private static SessionsResource.Assist assistBy(String token) {
        return new SessionsResource.Assist(Optional.empty(), Optional.of(token));
    }

    private static String field(ThrowingRunnable what) {
        var problem = problem(what);
        assertEquals(400, problem.status());
        return problem.field().orElseThrow();
    }

    private static Problem problem(ThrowingRunnable what) {
        return assertThrows(ProblemException.class, what).problem();
    }
}

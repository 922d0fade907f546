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
import dev.tandem.session.SupportSession.State;
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
    private final JoinResource door = new JoinResource(limiter, world.customers, world.views);
    private final SessionsResource resource = new SessionsResource(
            world.agents,
            world.customers,
            world.control,
            world.viewers,
            limiter,
            world.views,
            world.seats,
            new ConsentsResource(world.consents),
            new NotesResource(world.notes),
            new InvitationsResource(world.invitations));
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
        var full = new Problem(429, "too-many-attempts", "Too many.");
        var closed = new ViewResource(
                new AttemptLimiter() {
                    @Override
                    public <T> Optional<T> attempt(
                            SiteId site, String what, String address, Supplier<Optional<T>> attempt) {
                        throw new ProblemException(full);
                    }
                },
                world.viewers,
                world.views);
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

    private static String field(ThrowingRunnable what) {
        var problem = problem(what);
        assertEquals(400, problem.status());
        return problem.field().orElseThrow();
    }

    private static Problem problem(ThrowingRunnable what) {
        return assertThrows(ProblemException.class, what).problem();
    }
}

package dev.tandem.reference.platform.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Interaction;
import dev.tandem.reference.platform.internal.Rig;
import dev.tandem.reference.platform.rest.PlatformResource.PresenceBody;
import dev.tandem.reference.platform.rest.PlatformResource.SignInBody;
import dev.tandem.reference.platform.rest.PlatformResource.SimulateBody;
import dev.tandem.reference.platform.rest.PlatformResource.SiteBody;
import dev.tandem.reference.platform.rest.PlatformResource.TextBody;
import dev.tandem.web.Call;
import dev.tandem.web.Caller;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.testing.FakeCall;

/** What is wrong in a request is named; what is fine is covered through the running system. */
public class PlatformResourceTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private PlatformResource resource;
    private Agent anna;
    private Call call;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath());
        resource = new PlatformResource(rig.signIn, rig.accounts, rig.desk, rig.views);
        anna = rig.agent("anna.bell");
        call = call(anna);
    }

    @After
    public void close() {
        rig.close();
    }

    @Test
    public void aSignInNeedsBothFields() {
        invalid("body", () -> resource.signIn(call, null, null));
        invalid("user", () -> resource.signIn(call, null, new SignInBody(null, "x")));
        invalid("user", () -> resource.signIn(call, null, new SignInBody(" ", "x")));
        invalid("user", () -> resource.signIn(call, null, new SignInBody("x".repeat(101), "x")));
        invalid("password", () -> resource.signIn(call, null, new SignInBody("anna.bell", "")));
        invalid("password", () -> resource.signIn(call, null, new SignInBody("anna.bell", "x".repeat(257))));
    }

    @Test
    public void aRefusedSignInSaysNoMore() {
        var wrong = problem(() -> resource.signIn(call, null, new SignInBody("anna.bell", "wrong")));
        var unknown = problem(() -> resource.signIn(call, null, new SignInBody("nobody", "secret")));
        assertEquals(new Problem(401, "sign-in-refused", "The user name or the password is not right."), wrong);
        assertEquals(wrong, unknown);
    }

    @Test
    public void presenceTakesOnlyItsWords() {
        invalid("status", () -> resource.presence(call, new PresenceBody(null, Optional.empty())));
        invalid("status", () -> resource.presence(call, new PresenceBody("OFFLINE", Optional.empty())));
        invalid("reason", () -> resource.presence(call, new PresenceBody("AWAY", Optional.of("fishing"))));
        invalid("reason", () -> resource.presence(call, new PresenceBody("AVAILABLE", Optional.of("lunch"))));
        assertEquals(
                "lunch",
                resource.presence(call, new PresenceBody("AWAY", Optional.of("lunch")))
                        .reason());
        assertEquals(
                "AVAILABLE",
                resource.presence(call, new PresenceBody("AVAILABLE", Optional.empty()))
                        .status());
    }

    @Test
    public void aSimulationNamesWhatIsWrong() {
        invalid("kind", () -> resource.simulate(call, new SimulateBody(null, Optional.empty(), Optional.empty())));
        invalid(
                "customer",
                () -> resource.simulate(
                        call, new SimulateBody(Interaction.Kind.CALL, Optional.of(" "), Optional.empty())));
        invalid(
                "customer",
                () -> resource.simulate(
                        call, new SimulateBody(Interaction.Kind.CALL, Optional.of("x".repeat(61)), Optional.empty())));
        invalid(
                "customer",
                () -> resource.simulate(
                        call, new SimulateBody(Interaction.Kind.CALL, Optional.of("a\nb"), Optional.empty())));
        invalid(
                "text",
                () -> resource.simulate(
                        call, new SimulateBody(Interaction.Kind.CALL, Optional.empty(), Optional.of("Hello"))));
        invalid(
                "text",
                () -> resource.simulate(
                        call, new SimulateBody(Interaction.Kind.CHAT, Optional.empty(), Optional.of(""))));
    }

    @Test
    public void aMessageHas1To4000CodePoints() {
        var id = rig.active(anna, Interaction.Kind.CHAT).value();
        invalid("text", () -> resource.say(call, id, new TextBody("")));
        invalid("text", () -> resource.say(call, id, new TextBody(null)));
        invalid("text", () -> resource.say(call, id, new TextBody("\uD83D\uDE42".repeat(4_001))));
        invalid("after", () -> resource.messages(call, id, "x"));
        invalid("after", () -> resource.messages(call, id, "-1"));
    }

    @Test
    public void foreignUnknownAndNonsenseAreTheSame() {
        var ben = rig.agent("ben.cole");
        var foreign = rig.active(ben, Interaction.Kind.CALL).value();
        for (var id : List.of(foreign, UUID.randomUUID().toString(), "nonsense")) {
            assertEquals(Problem.unknown(), problem(() -> resource.interaction(call, id)));
            assertEquals(Problem.unknown(), problem(() -> resource.accept(call, id)));
            assertEquals(Problem.unknown(), problem(() -> resource.end(call, id)));
            assertEquals(Problem.unknown(), problem(() -> resource.messages(call, id, "0")));
        }
        assertEquals(Problem.unknown(), problem(() -> resource.visit("main.nonsense", "0")));
    }

    @Test
    public void onlyAnAdministratorOfTheFirstSiteMakesSites() {
        assertEquals(403, problem(() -> resource.site(call, null)).status());
        var elsewhere = call(rig.agent("ada@acme", "tandem-administrator"));
        assertEquals(
                "home-administrator-needed",
                problem(() -> resource.site(elsewhere, null)).code());
    }

    @Test
    public void aSiteNamesWhatIsWrong() {
        var ada = call(rig.agent("ada", "tandem-administrator"));
        invalid("site", () -> resource.site(ada, new SiteBody("No Site", List.of("Anna"), Optional.empty())));
        invalid("agents", () -> resource.site(ada, new SiteBody("acme", null, Optional.empty())));
        invalid("agents", () -> resource.site(ada, new SiteBody("acme", List.of(), Optional.empty())));
        invalid(
                "agents[1]",
                () -> resource.site(ada, new SiteBody("acme", List.of("Anna Bell", " "), Optional.empty())));
        invalid(
                "agents[0]",
                () -> resource.site(ada, new SiteBody("acme", Collections.singletonList(null), Optional.empty())));
        var twice = problem(
                () -> resource.site(ada, new SiteBody("acme", List.of("Anna Bell", "anna bell"), Optional.empty())));
        assertEquals(409, twice.status());
        assertEquals(Optional.of("agents[1]"), twice.field());
    }

    private static void invalid(String field, ThrowingRunnable request) {
        var problem = problem(request);
        assertEquals(400, problem.status());
        assertEquals(Optional.of(field), problem.field());
    }

    private static Problem problem(ThrowingRunnable request) {
        return assertThrows(ProblemException.class, request).problem();
    }

    private static Call call(Agent agent) {
        return new FakeCall(new Caller.OfAgent(agent));
    }
}

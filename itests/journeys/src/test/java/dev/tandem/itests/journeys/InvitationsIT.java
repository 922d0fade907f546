package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Karaf;

/**
 * Invitations by REST and real SMTP, and mail servers that are down, slow, refusing and dying. A distribution of its own, since
 * it is killed.
 */
public class InvitationsIT {
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final String MARIE = "marie@customer.test";

    private static Karaf karaf;

    @Rule
    public final Scene scene = Scene.with(Running::browsers, () -> karaf.tail(300));

    private Site site;
    private Site.Support support;

    @BeforeClass
    public static void start() {
        karaf = Running.unpack("invitations").start();
    }

    @AfterClass
    public static void kill() {
        karaf.killHard();
    }

    @Before
    public void support() {
        site = Site.create(karaf);
        support = site.support(scene);
    }

    private Api.Reply invite(String role, String address, boolean own) {
        return site.anna()
                .api()
                .post(
                        "/sessions/" + support.id() + "/invitations",
                        Map.of("role", role, "address", address, "own", own, "language", "it"));
    }

    /** By the server; returns the id. */
    private String mailed(String role, String address) {
        var reply = invite(role, address, false);
        assertEquals(reply.text(), 201, reply.status());
        assertTrue(reply.text(), reply.body().get("draft").isNull());
        return reply.body().get("invitation").get("id").asText();
    }

    private JsonNode invitation(String id) {
        for (var one : support.now().get("invitations")) {
            if (one.get("id").asText().equals(id)) {
                return one;
            }
        }
        throw new AssertionError("no invitation " + id);
    }

    private JsonNode await(String id, String state, String problem) {
        Await.until(state + " " + problem + ", but " + invitation(id), LONGEST, () -> {
            var now = invitation(id);
            return now.get("state").asText().equals(state)
                    && now.get("problem").asText("").equals(problem);
        });
        return invitation(id);
    }

    private static String token(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static Api.Reply join(String token) {
        return karaf.api().post("/join", Map.of("invitation", token));
    }

    private static Api.Reply tryJoin(String token) {
        return karaf.api().postFromElsewhere("/join", Map.of("invitation", token));
    }

    private Api.Reply assist(String token) {
        return site.ben().api().post("/sessions/assist", Map.of("invitation", token));
    }

    @Test
    public void W5_W12_W14_aMailLetsOneCustomerInAndDiesWithTheSession() throws Exception {
        try (var post = Post.open(karaf)) {
            var id = mailed("CUSTOMER", MARIE);
            await(id, "SENT", "");
            var mail = post.to(MARIE);
            assertTrue(Post.subject(mail), Post.subject(mail).contains("assistenza"));
            assertEquals("auto-generated", mail.getHeader("Auto-Submitted")[0]);
            var link = Post.link(mail, "text/plain");
            assertEquals(invitation(id).get("url").asText(), link);
            assertEquals(link, Post.link(mail, "text/html"));

            var first = join(token(link)).ok();
            assertEquals(support.id(), first.get("session").asText());
            assertEquals("USED", invitation(id).get("state").asText());
            var second = join(token(link)).ok();
            assertEquals(
                    "on another device the place is taken over",
                    401,
                    karaf.api()
                            .asCustomer(first.get("token").asText())
                            .post("/sessions/" + support.id() + "/leave")
                            .status());
            assertEquals(
                    second.get("participant").asText(),
                    support.now().get("seats").get(0).get("participant").asText());

            site.anna().api().post("/sessions/" + support.id() + "/end").ok();
            assertEquals("pin-refused", tryJoin(token(link)).code());
            assertEquals(1, post.count());
        }
    }

    @Test
    public void W12_aColleagueComesInByTheMailedLinkAndNobodyElse() {
        try (var post = Post.open(karaf)) {
            var id = mailed("AGENT", "ben@colleague.test");
            var link = Post.link(post.to("ben@colleague.test"), "text/html");
            assertTrue(link, link.contains("/assist/"));
            assertEquals(
                    "a customer has no use for it",
                    "pin-refused",
                    tryJoin(token(link)).code());
            var view = assist(token(link)).ok();
            assertEquals(support.id(), view.get("id").asText());
            assertEquals("USED", invitation(id).get("state").asText());
            var other = Site.create(karaf);
            assertEquals(
                    "number-refused",
                    other.ben()
                            .api()
                            .post("/sessions/assist", Map.of("invitation", token(link)))
                            .code());
        }
    }

    @Test
    public void W13_theOwnMailProgramGetsADraftAndTheServerSendsNothing() {
        try (var post = Post.open(karaf)) {
            var made = invite("CUSTOMER", MARIE, true).ok();
            var draft = made.get("draft").get("mailto").asText();
            assertTrue(draft, draft.startsWith("mailto:" + MARIE + "?subject="));
            var url = made.get("invitation").get("url").asText();
            assertTrue(draft, draft.contains(token(url)));
            assertEquals("DRAFTED", made.get("invitation").get("state").asText());
            join(token(url)).ok();
            // What was asked for later has arrived, and nothing else.
            post.to(sent("zoe@customer.test"));
            assertEquals(1, post.count());
        }
    }

    private String sent(String address) {
        await(mailed("CUSTOMER", address), "SENT", "");
        return address;
    }

    @Test
    public void whatIsNoAddressIsToldAtOnceAndNothingIsSent() {
        try (var post = Post.open(karaf)) {
            var hundred =
                    IntStream.range(0, 100).mapToObj(i -> "u" + i + "@x.test").collect(Collectors.joining(", "));
            assertProblem(400, "one-address", invite("CUSTOMER", hundred, false));
            for (var none : List.of("marie", "marie@", "@x.test", "marie@x.test\r\nBcc: x", "a".repeat(5_000))) {
                assertProblem(400, "bad-address", invite("CUSTOMER", none, false));
                assertProblem(400, "bad-address", invite("CUSTOMER", none, true));
            }
            assertProblem(400, "invalid", invite("VIEWER", MARIE, false));
            var path = "/sessions/" + support.id() + "/invitations";
            var wish = new HashMap<String, Object>(Map.of("role", "CUSTOMER", "address", MARIE));
            wish.put("language", "xx");
            assertProblem(400, "invalid", site.anna().api().post(path, wish));
            assertProblem(404, "unknown", site.ben().api().post(path, Map.of("role", "CUSTOMER", "address", MARIE)));
            assertEquals(
                    401,
                    karaf.api()
                            .post(path, Map.of("role", "CUSTOMER", "address", MARIE))
                            .status());
            assertProblem(404, "unknown", site.anna().api().delete(path + "/" + UUID.randomUUID()));
            assertEquals(0, support.now().get("invitations").size());
            post.to(sent(MARIE));
            assertEquals(1, post.count());
        }
        assertProblem(409, "mail-not-configured", invite("CUSTOMER", MARIE, false));
    }

    @Test
    public void aWithdrawnInvitationIsRefused() {
        var made = invite("CUSTOMER", MARIE, true).ok().get("invitation");
        var path =
                "/sessions/" + support.id() + "/invitations/" + made.get("id").asText();
        assertEquals(
                "WITHDRAWN", site.anna().api().delete(path).ok().get("state").asText());
        assertEquals("pin-refused", tryJoin(token(made.get("url").asText())).code());
        assertProblem(409, "invitation-withdrawn", site.anna().api().post(path + "/again"));
    }

    @Test
    public void aServerThatRefusesIsToldAndAPersonMayTryAgain() throws Exception {
        try (var post = StubbornPost.open(karaf)) {
            post.answer("RCPT", "550 5.1.1 no such user");
            var id = mailed("CUSTOMER", MARIE);
            await(id, "FAILED", "address-refused");
            assertEquals(List.of(), post.mails());
            assertTrue(
                    karaf.shell("tandem:outbox"), karaf.shell("tandem:outbox").contains("address-refused"));
            post.answer("RCPT", "250 fine");
            site.anna()
                    .api()
                    .post("/sessions/" + support.id() + "/invitations/" + id + "/again")
                    .ok();
            await(id, "SENT", "");
            assertEquals(1, post.mails().size());
        }
    }

    @Test
    public void aSlowServerIsTriedAgainByItself() throws Exception {
        try (var post = StubbornPost.open(karaf)) {
            post.answer("MAIL", StubbornPost.SILENCE);
            var id = mailed("CUSTOMER", MARIE);
            await(id, "QUEUED", "server-slow");
            post.answer("MAIL", "250 fine");
            await(id, "SENT", "");
            assertEquals(1, post.mails().size());
        }
    }

    @Test
    public void aServerThatDiesWithTheWholeMailLeavesItToAPerson() throws Exception {
        try (var post = StubbornPost.open(karaf)) {
            post.answer(".", StubbornPost.HANG_UP);
            var id = mailed("CUSTOMER", MARIE);
            await(id, "UNCERTAIN", "uncertain");
            post.answer(".", "250 fine");
            // Another one goes meanwhile, and this one does not.
            sent("zoe@customer.test");
            assertEquals("UNCERTAIN", invitation(id).get("state").asText());
            assertEquals(2, post.mails().size());
            site.anna()
                    .api()
                    .post("/sessions/" + support.id() + "/invitations/" + id + "/again")
                    .ok();
            await(id, "SENT", "");
            assertEquals(messageId(post.mails().get(0)), messageId(post.mails().get(2)));
        }
    }

    private static String messageId(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void whatWaitsSurvivesAKilledServerAndIsSentOnce() {
        try (var post = Post.open(karaf)) {
            sent("zoe@customer.test");
            post.breakDown();
            var id = mailed("CUSTOMER", MARIE);
            await(id, "QUEUED", "unreachable");
            karaf.killHard();
            karaf.start();
            assertFalse(invitation(id).get("state").asText().equals("SENT"));
            post.comeBack();
            await(id, "SENT", "");
            assertEquals(1, post.all(MARIE).size());
            assertTrue(
                    "what was sent before is not sent again",
                    post.all("zoe@customer.test").size() <= 1);
        }
    }

    private static void assertProblem(int status, String code, Api.Reply reply) {
        assertEquals(reply.text(), status, reply.status());
        assertEquals(reply.text(), code, reply.code());
    }
}

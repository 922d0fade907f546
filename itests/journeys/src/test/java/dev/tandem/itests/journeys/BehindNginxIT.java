package dev.tandem.itests.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.Browsers;
import dev.tandem.itests.harness.FromAddress;
import dev.tandem.itests.harness.Nginx;

/** From another computer: by a name, over TLS, through nginx as docs/nginx.conf sets it up. */
public class BehindNginxIT {
    private static final String WRONG = "000000000";

    /** Made for this class and closed with it; the settings of the shared Karaf are changed while it runs, and live. */
    private record Stage(Nginx nginx, Browsers browsers) {}

    private static Stage stage;

    @Rule
    public final Scene scene = Scene.with(() -> stage.browsers());

    private Site site;

    @BeforeClass
    public static void putNginxInFront() {
        var karaf = Running.karaf();
        var example = Path.of(System.getProperty("basedir"), "..", "..", "docs", "nginx.conf")
                .normalize();
        var nginx = Nginx.start(example, Running.work().resolve("nginx"), karaf.uri());
        karaf.shell("config:property-set --pid dev.tandem.web publicUrl " + nginx.uri());
        karaf.shell("config:property-set --pid dev.tandem.web trustedProxies 127.0.0.1");
        stage = new Stage(nginx, Browsers.whereIsHere(Nginx.HOST));
        Await.until("the settings to hold", Duration.ofSeconds(20), () -> policy("/join")
                .contains("'self' wss://" + nginx.uri().getAuthority() + ";"));
    }

    @AfterClass
    public static void takeItAway() {
        var karaf = Running.karaf();
        karaf.shell("config:property-delete --pid dev.tandem.web publicUrl");
        karaf.shell("config:property-delete --pid dev.tandem.web trustedProxies");
        stage.browsers().close();
        stage.nginx().close();
        Await.until("the settings to be gone", Duration.ofSeconds(20), () -> !direct("127.0.0.1")
                .get("/join")
                .headers()
                .get("content-security-policy")
                .contains(Nginx.HOST));
    }

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    @Test
    public void agentAndCustomerShareAScreenAndChat() {
        site.call();
        var desktop =
                Desktop.open(scene.agent(site), url("/desktop"), "Marie Dupont").start();
        desktop.button("Copy: Client URL").click();
        desktop.page().waitForCondition(() -> desktop.clipboard().startsWith("http"));
        var link = desktop.clipboard(); // which only a secure context has
        assertTrue(link, link.startsWith(url("/j/" + site.name() + "/")));

        var customer = Customer.join(scene.customer(), link);
        assertEquals(true, customer.page().evaluate("isSecureContext"));
        customer.share();
        var wall = scene.customer().open("about:blank");
        var left = new Picture.Colour(200, 40, 60);
        var right = new Picture.Colour(30, 90, 210);
        wall.setContent("<style>html{height:100%;background:linear-gradient(90deg," + left.css() + " 50%," + right.css()
                + " 50%)}</style>");
        desktop.picture().awaitColours(left, right);

        desktop.showChat().chat().say("I see your screen");
        assertThat(customer.chat().message("I see your screen")).isVisible();
        customer.chat().say("good");
        assertThat(desktop.chat().message("good")).isVisible();
    }

    /** What the test above would be worth nothing without: the same name is no secure context by itself. */
    @Test
    public void theSameNameWithoutTlsIsNoSecureContext() {
        var page = scene.customer()
                .open("http://" + Nginx.HOST + ":" + Running.karaf().httpPort() + "/join");
        assertEquals(false, page.evaluate("isSecureContext"));
    }

    @Test
    public void limitsCountTheClientsAndNotTheProxy() {
        var support = site.support();
        for (int i = 0; i < 5; i++) {
            assertEquals(403, knock(through("127.0.7.1"), WRONG));
        }
        assertEquals(429, knock(through("127.0.7.1"), support.pin()));
        assertEquals("counted where it comes from, here too", 429, knock(direct("127.0.7.1"), support.pin()));
        assertEquals("another client of the same proxy", 200, knock(through("127.0.7.2"), support.pin()));
    }

    @Test
    public void whatAClientPutsIntoTheHeadersSpreadsNoGuesses() {
        var support = site.support();
        for (int i = 0; i < 5; i++) {
            var forged = (i % 2 == 0 ? through("127.0.8.1") : direct("127.0.8.1"))
                    .with("X-Forwarded-For", "127.0.8." + (10 + i))
                    .with("X-Forwarded-For", "127.0.0.1, 127.0.8.77")
                    .with("Forwarded", "for=127.0.8.78");
            assertEquals(403, knock(forged, WRONG));
        }
        assertEquals(429, knock(through("127.0.8.1").with("X-Forwarded-For", "127.0.8.99"), support.pin()));
        assertEquals(429, knock(direct("127.0.8.1").with("X-Forwarded-For", "127.0.8.99"), support.pin()));
        for (var other : new String[] {"127.0.8.10", "127.0.8.77"}) {
            assertEquals("counts against nobody", 200, knock(direct(other), support.pin()));
        }
    }

    @Test
    public void signInsTravelByTlsOnly() {
        var signIn = site.anna().signIn();
        var answer = through("127.0.9.1")
                .post("/platform/sign-in", Map.of("user", signIn.user(), "password", signIn.password()));
        assertEquals(answer.text(), 200, answer.status());
        var cookie = answer.headers().get("set-cookie");
        assertTrue(cookie, cookie.contains("; Secure") && cookie.contains("HttpOnly"));
        var hsts = through("127.0.9.1").get("/join").headers().get("strict-transport-security");
        assertEquals("max-age=31536000", hsts);
        var plain = new FromAddress(
                        URI.create(
                                "http://" + Nginx.HOST + ":" + nginx().plain().getPort()),
                        "127.0.9.1")
                .get("/j/123456789");
        assertEquals(308, plain.status());
        assertEquals("https://" + Nginx.HOST + "/j/123456789", plain.headers().get("location"));
    }

    @Test
    public void pagesOfOthersAndOtherNamesAreTurnedAway() {
        var evil = through("127.0.9.2").with("Origin", "https://evil.example");
        assertEquals(403, knock(evil, WRONG));
        var own = through("127.0.9.2").with("Origin", nginx().uri().toString());
        assertEquals(200, knock(own, site.support().pin()));
        var another = new FromAddress(
                URI.create("https://other.example:" + nginx().uri().getPort()), "127.0.9.2");
        var refused = assertThrows(UncheckedIOException.class, () -> another.get("/join"));
        assertTrue(String.valueOf(refused.getCause()), refused.getCause() instanceof SSLException);
    }

    @Test
    public void aLargeBodyIsAnsweredByTandem() {
        var answer = through("127.0.9.3").post("/join", Map.of("pin", "1".repeat(100_000)));
        assertEquals(answer.text(), 413, answer.status());
        assertTrue(answer.headers().get("content-type").startsWith("application/problem+json"));
        assertFalse(answer.text(), answer.text().contains("nginx"));
    }

    /** As any client of tus may send them: all in one request, which nginx neither refuses nor keeps to itself. */
    @Test
    public void filesGoThroughAsTheyComeAndWhatCameBeforeALineBrokeIsKept() throws Exception {
        var sending = Sending.begin(site, scene);
        var bytes = Sending.bytes(20 << 20, 21);
        var upload = TusUpload.create(sending.door(), sending.asAgent(), sending.metadata("large.bin"), bytes.length);
        try (var broken = patch(upload, 0, bytes.length)) {
            broken.send(Arrays.copyOf(bytes, 3 << 20));
            Await.until("something of it to be at Tandem's", Duration.ofSeconds(60), () -> arrived(sending) > 0);
        }
        long kept = upload.offset();
        assertTrue("what came: " + kept, kept > 0 && kept <= 3 << 20);
        int status = 409;
        for (int again = 0; status == 409 && again < 5; again++) {
            // A request that was cut off may still be on its way.
            kept = upload.offset();
            try (var rest = patch(upload, kept, bytes.length - kept)) {
                rest.send(Arrays.copyOfRange(bytes, (int) kept, bytes.length));
                status = rest.status();
            }
        }
        assertEquals(204, status);
        sending.agree(sending.customer(), upload.id());
        assertEquals(Sending.sum(bytes), sending.sumOfDownload(upload.id(), sending.asCustomer()));
    }

    private static long arrived(Sending sending) {
        return sending.transfers(sending.agent()).get(0).get("received").asLong();
    }

    private static RawRequest patch(TusUpload upload, long offset, long length) throws IOException {
        var headers = new HashMap<>(upload.who());
        headers.put("Tus-Resumable", "1.0.0");
        headers.put("Upload-Offset", Long.toString(offset));
        headers.put("Content-Type", "application/offset+octet-stream");
        headers.put("Content-Length", Long.toString(length));
        return new RawRequest("PATCH", URI.create(url(upload.uri().getRawPath())), headers);
    }

    private static Nginx nginx() {
        return stage.nginx();
    }

    private static String url(String path) {
        return nginx().uri() + path;
    }

    private static FromAddress through(String address) {
        return new FromAddress(nginx().uri(), address);
    }

    private static FromAddress direct(String address) {
        return new FromAddress(Running.karaf().uri(), address);
    }

    private static String policy(String path) {
        return through("127.0.0.1").get(path).headers().getOrDefault("content-security-policy", "");
    }

    private int knock(FromAddress from, String pin) {
        return from.post("/join", Map.of("pin", pin, "site", site.name())).status();
    }
}

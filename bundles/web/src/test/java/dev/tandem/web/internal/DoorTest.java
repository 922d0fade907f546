package dev.tandem.web.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.StorageException;
import dev.tandem.platform.AgentSignIn;
import dev.tandem.platform.Credentials;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;
import dev.tandem.web.CustomerTokens;
import dev.tandem.web.ProblemException;

/** Origins, languages, addresses, secrets, settings of the node, and who is calling. */
public class DoorTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aForeignPageIsKnownByItsOrigin() {
        var none = Optional.<URI>empty();
        var url = Optional.of(URI.create("https://desk.example"));
        assertFalse("programs say nothing", Origins.foreign(asked(null, null, "h:1", false), none));
        assertFalse(Origins.foreign(asked("http://h:1", "same-origin", "h:1", false), none));
        assertFalse("behind TLS of a proxy", Origins.foreign(asked("https://h", null, "h", false), none));
        assertFalse("by TLS", Origins.foreign(asked("https://h", null, "h", true), none));
        assertFalse(
                "by its public name",
                Origins.foreign(asked("https://desk.example", null, "10.0.0.1:8181", false), url));
        assertFalse("typed into the address bar", Origins.foreign(asked(null, "none", "h", false), none));
        assertTrue(Origins.foreign(asked("http://h:2", null, "h:1", false), none));
        assertTrue(Origins.foreign(asked("http://h.evil", null, "h", false), none));
        assertTrue(Origins.foreign(asked("http://evil", null, "desk.example", false), url));
        assertTrue(Origins.foreign(asked("http://desk.example", null, "10.0.0.1", false), url));
        assertTrue("the same host without TLS", Origins.foreign(asked("http://h", null, "h", true), none));
        assertTrue("a sandboxed frame", Origins.foreign(asked("null", null, "h", false), none));
        assertTrue(Origins.foreign(asked("file://h", null, "h", false), none));
        assertTrue(Origins.foreign(asked(null, "cross-site", "h", false), none));
        assertTrue("a sister domain", Origins.foreign(asked(null, "same-site", "h", false), none));
        assertTrue(Origins.foreign(asked("http://h", null, null, false), none));
    }

    private static Origins.Asked asked(String origin, String fetchSite, String host, boolean secure) {
        return new Origins.Asked(
                Optional.ofNullable(origin), Optional.ofNullable(fetchSite), Optional.ofNullable(host), secure);
    }

    @Test
    public void aPageMayOpenSocketsAtItsOwnHostAndAtThePublicUrl() {
        var url = Optional.of(URI.create("https://desk.example:8443"));
        var none = Optional.<URI>empty();
        assertEquals(List.of("ws://h:1", "wss://h:1"), Origins.sockets(Optional.of("h:1"), false, none));
        assertEquals(List.of("wss://h:1"), Origins.sockets(Optional.of("h:1"), true, none));
        assertEquals(
                List.of("ws://h", "wss://h", "wss://desk.example:8443"), Origins.sockets(Optional.of("h"), false, url));
        assertEquals(List.of("wss://desk.example:8443"), Origins.sockets(Optional.of("desk.example:8443"), true, url));
        for (var host : List.of("evil;script-src *", "a b", "", "x".repeat(300))) {
            assertEquals(host, List.of(), Origins.sockets(Optional.of(host), false, none));
        }
        assertEquals(List.of(), Origins.sockets(Optional.empty(), false, none));
    }

    @Test
    public void aHostIsAHost() {
        for (var good : List.of("h", "desk.example:8181", "127.0.0.1", "[::1]:8181")) {
            assertEquals(Optional.of(good), Origins.authority(good));
        }
        for (var bad : List.of("", "h/x", "a@b", "h:999999", "a b", "h\"", "x;y", "[zz]")) {
            assertEquals(bad, Optional.empty(), Origins.authority(bad));
        }
        assertEquals(Optional.empty(), Origins.authority(null));
    }

    @Test
    public void theBestOfFourLanguages() {
        var wanted = Map.of(
                "fr-CH, en;q=0.8",
                "fr",
                "de, it;q=0.5",
                "it",
                "nl-BE",
                "nl",
                "de",
                "en",
                "*",
                "en",
                ";;;",
                "en",
                "",
                "en");
        wanted.forEach((header, language) ->
                assertEquals(header, language, Languages.best(header).getLanguage()));
        assertEquals("en", Languages.best(null).getLanguage());
        assertEquals("en", Languages.best("fr,".repeat(1000)).getLanguage());
    }

    @Test
    public void addressesAreGroupedByNetwork() {
        assertEquals("10.0.0.1", Addresses.group("10.0.0.1"));
        assertEquals("20010db800010002/64", Addresses.group("2001:db8:1:2:3:4:5:6"));
        assertEquals(Addresses.group("2001:db8:1:2::1"), Addresses.group("2001:0db8:1:2:ffff::%eth0"));
        assertEquals("a mapped address is the old one", "10.0.0.1", Addresses.group("::ffff:10.0.0.1"));
        assertEquals("as Jetty writes it", "20010db800010002/64", Addresses.group("[2001:db8:1:2::1]"));
        assertEquals("strange:name", Addresses.group("strange:name"));
    }

    @Test
    public void anAddressHasOneSpelling() {
        assertEquals("10.0.0.1", Addresses.plain("10.0.0.1"));
        assertEquals("10.0.0.1", Addresses.plain("[::ffff:10.0.0.1]"));
        assertEquals("2001:db8:0:0:0:0:0:7", Addresses.plain("[2001:DB8::7]"));
        assertEquals("fe80:0:0:0:0:0:0:1", Addresses.plain("fe80::1%eth0"));
        for (var none : List.of(
                "",
                "10.1",
                "010.0.0.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "2130706433",
                "localhost",
                "[10.0.0.1]",
                ":",
                "1:2:3",
                "g::1",
                "::1%",
                "::1%a b",
                "[::1",
                "1.2.3.4 ")) {
            assertEquals(none, Optional.empty(), Addresses.literal(none));
        }
    }

    @Test
    public void theSecretIsMadeOnceForItsOwnerAlone() throws IOException {
        var file = folder.getRoot().toPath().resolve("tandem.secret");
        var first = new FileSecrets(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertArrayEquals(first.key("a"), new FileSecrets(file).key("a"));
        assertFalse(java.util.Arrays.equals(first.key("a"), first.key("b")));
        assertEquals(32, first.key("a").length);
        try (var left = Files.list(folder.getRoot().toPath())) {
            assertEquals("nothing else is left behind", 1, left.count());
        }
    }

    @Test
    public void aSecretThatOthersCouldReadIsClosed() throws IOException {
        var file = folder.getRoot().toPath().resolve("tandem.secret");
        Files.writeString(file, "00".repeat(32));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        new FileSecrets(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    public void aDamagedSecretIsNotReplaced() throws IOException {
        var file = folder.getRoot().toPath().resolve("tandem.secret");
        Files.writeString(file, "0011");
        var failure = assertThrows(UncheckedIOException.class, () -> new FileSecrets(file));
        assertTrue(
                failure.getCause().getMessage(), failure.getCause().getMessage().contains("32 bytes"));
        assertEquals("0011", Files.readString(file));
    }

    /** RFC 5869 with no salt: expected value computed with another implementation (Python's hmac). */
    @Test
    public void keysAreThoseOfTheStandard() throws IOException {
        var file = folder.getRoot().toPath().resolve("tandem.secret");
        Files.writeString(file, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
        assertEquals(
                "5b15a47ace4400ad11b772c034840c86240caa44b883893f857198b4ad8724e3",
                java.util.HexFormat.of().formatHex(new FileSecrets(file).key("session.pin")));
    }

    @Test
    public void aWrongValueOfTheNodeGivesItsDefault() {
        var good = Fakes.config("https://desk.example/", "https://crm.example 'self'", "acme")
                .values();
        assertEquals(Optional.of(URI.create("https://desk.example")), good.publicUrl());
        assertEquals("https://crm.example 'self'", good.frameAncestors());
        assertEquals(new SiteId("acme"), good.defaultSite());
        for (var url : List.of("ftp://h", "desk.example", "https://a@b", "https://h/path", "https://", ":")) {
            assertEquals(
                    url,
                    Optional.empty(),
                    Fakes.config(url, "'none'", "main").values().publicUrl());
        }
        var bad = Fakes.config("", "'none'; script-src *", "No Site").values();
        assertEquals("'none'", bad.frameAncestors());
        assertEquals(new SiteId("main"), bad.defaultSite());
    }

    private record Sent(Map<String, String> headers, Map<String, String> cookies) implements Credentials {
        @Override
        public Optional<String> cookie(String name) {
            return Optional.ofNullable(cookies.get(name));
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    private final CustomerTokens tokens = token -> token.equals("good") ? Optional.of(Fakes.MARIE) : Optional.empty();
    private final AgentSignIn byCookie = sent -> sent.cookie("sign-in")
            .or(() -> sent.header("Cookie"))
            .or(() -> sent.header("Authorization").filter(value -> value.equals("Basic anna")))
            .map(found -> Fakes.ANNA.agent());
    private final Callers callers = new Callers(
            Fakes.config("", "'none'", "main"),
            List.of(
                    token -> {
                        throw new IllegalStateException("broken");
                    },
                    tokens),
            List.of(byCookie));

    @Test
    public void callersAreRecognised() {
        var nobody = new Caller.Anonymous(new SiteId("main"));
        var cookie = Map.of("sign-in", "x");
        assertEquals(nobody, callers.recognise(new Sent(Map.of(), Map.of())));
        assertEquals(Fakes.ANNA, callers.recognise(new Sent(Map.of(), cookie)));
        assertEquals(Fakes.ANNA, callers.recognise(new Sent(Map.of("Authorization", "Basic anna"), Map.of())));
        assertEquals(Fakes.MARIE, callers.recognise(new Sent(Map.of("Authorization", "bearer good"), cookie)));
    }

    @Test
    public void aDeadTokenDoesNotActForTheAgentInTheSameBrowser() {
        var sent = new Sent(Map.of("Authorization", "Bearer dead", "Cookie", "sign-in=x"), Map.of("sign-in", "x"));
        assertEquals(new Caller.Anonymous(new SiteId("main")), callers.recognise(sent));
    }

    private static final class Away extends StorageException {
        private static final long serialVersionUID = 1L;

        Away() {
            super("away", new IllegalStateException(), true);
        }
    }

    /** A page that is told "sign in" believes it and forgets who it was. */
    @Test
    public void whoCannotBeRecognisedForLackOfTheDatabaseIsNoStranger() {
        AgentSignIn asks = sent -> {
            if (sent.cookie("sign-in").isPresent()) {
                throw new Away();
            }
            return Optional.empty();
        };
        var cut = new Callers(Fakes.config("", "'none'", "main"), List.of(), List.of(asks));
        var cookie = new Sent(Map.of(), Map.of("sign-in", "x"));
        assertThrows(StorageException.class, () -> cut.recognise(cookie));
        assertEquals(new Caller.Anonymous(new SiteId("main")), cut.recognise(new Sent(Map.of(), Map.of())));
        var other = new Callers(Fakes.config("", "'none'", "main"), List.of(), List.of(asks, byCookie));
        assertEquals("another sign-in knows", Fakes.ANNA, other.recognise(cookie));
    }

    /** As on a node that stops or starts, and while a slice is replaced. */
    @Test
    public void whoCannotBeRecognisedForLackOfTheSliceIsNoStranger() {
        var config = Fakes.config("", "'none'", "main");
        var nobody = new Caller.Anonymous(new SiteId("main"));
        var token = new Sent(Map.of("Authorization", "Bearer dead"), Map.of());
        var cookie = new Sent(Map.of("Cookie", "sign-in=x"), Map.of("sign-in", "x"));
        var withoutSessions = new Callers(config, List.of(), List.of(sent -> Optional.empty()));
        assertEquals(503, refusal(withoutSessions, token));
        assertEquals(nobody, withoutSessions.recognise(cookie));
        var withoutPlatform = new Callers(config, List.of(tokens), List.of());
        assertEquals(503, refusal(withoutPlatform, cookie));
        assertEquals(503, refusal(withoutPlatform, new Sent(Map.of("Authorization", "Basic anna"), Map.of())));
        assertEquals(nobody, withoutPlatform.recognise(token));
        assertEquals("who shows nothing", nobody, withoutPlatform.recognise(new Sent(Map.of(), Map.of())));
    }

    private static int refusal(Callers callers, Sent sent) {
        return assertThrows(ProblemException.class, () -> callers.recognise(sent))
                .problem()
                .status();
    }
}

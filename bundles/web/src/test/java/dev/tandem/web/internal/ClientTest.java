package dev.tandem.web.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.Test;
import org.quicktheories.WithQuickTheories;

/** Who is believed when somebody says whom a request comes from. */
public class ClientTest implements WithQuickTheories {
    private static final String TRUSTED = "127.0.0.1, 10.0.0.0/8 2001:db8:1::/48";

    private final TrustedProxies proxies = TrustedProxies.read(TRUSTED);

    @Test
    public void nobodyIsBelievedUnlessTrusted() {
        for (var remote : List.of("203.0.113.9", "11.0.0.1", "9.255.255.255", "[2001:db8:2::1]", "::1", "", "unix")) {
            assertEquals(remote, Optional.empty(), behind(remote, List.of("198.51.100.7")));
        }
        assertEquals(Optional.empty(), Client.behind(TrustedProxies.NONE, sent("127.0.0.1", List.of("198.51.100.7"))));
    }

    @Test
    public void theNearestHopThatIsNotTrustedIsTheClient() {
        assertClient("198.51.100.7", "127.0.0.1", "198.51.100.7");
        assertClient("198.51.100.7", "[2001:db8:1::9]", "198.51.100.7");
        assertClient(
                "what the client has written before it is not read",
                "198.51.100.7",
                "127.0.0.1",
                List.of("1.1.1.1, 198.51.100.7"));
        assertClient(
                "through two of our proxies", "198.51.100.7", "127.0.0.1", List.of("1.1.1.1, 198.51.100.7, 10.1.2.3"));
        assertClient(
                "in several lines",
                "198.51.100.7",
                "127.0.0.1",
                List.of("1.1.1.1", "198.51.100.7,10.1.2.3", "10.9.9.9"));
        assertClient("all are ours: the farthest", "10.4.4.4", "127.0.0.1", List.of("10.4.4.4, 10.1.2.3"));
        assertClient("nothing is said", "127.0.0.1", "127.0.0.1", List.of());
    }

    @Test
    public void hopsAreAddressesPerhapsWithAPort() {
        assertClient("198.51.100.7", "127.0.0.1", "198.51.100.7:4711");
        assertClient("2001:db8:2:0:0:0:0:7", "127.0.0.1", "2001:DB8:2::7");
        assertClient("2001:db8:2:0:0:0:0:7", "127.0.0.1", "[2001:db8:2::7]");
        assertClient("2001:db8:2:0:0:0:0:7", "127.0.0.1", "[2001:db8:2::7]:443");
        assertClient("198.51.100.7", "127.0.0.1", "[::ffff:198.51.100.7]");
        assertClient("a mapped proxy of ours", "198.51.100.7", "::ffff:10.0.0.3", List.of("198.51.100.7"));
    }

    @Test
    public void aHopThatIsNoAddressEndsTheWay() {
        for (var hop : List.of(
                "unknown",
                "_hidden",
                "",
                "evil.example",
                "999.1.1.1",
                "1.1.1.1;",
                "\"1.1.1.1\"",
                "1.1.1.1:port",
                "1.1.1.1:123456",
                "[::1",
                "x".repeat(5_000),
                "1".repeat(5_000),
                "\u0661.1.1.1")) {
            assertClient(hop, "127.0.0.1", "127.0.0.1", List.of("1.1.1.1, " + hop));
            assertClient("the last that is known: " + hop, "10.1.1.1", "127.0.0.1", List.of(hop + ", 10.1.1.1"));
        }
    }

    @Test
    public void aLongListIsReadToABoundOnly() {
        var ours = String.join(
                ",", IntStream.range(0, 5_000).mapToObj(i -> "10.0.0.1").toList());
        assertClient("10.0.0.1", "127.0.0.1", "198.51.100.7," + ours);
        var lines = IntStream.range(0, 5_000).mapToObj(i -> "10.0.0.2").toArray(String[]::new);
        assertClient("10.0.0.2", "127.0.0.1", lines);
        assertClient("198.51.100.7", "127.0.0.1", "1.1.1.1,".repeat(5_000) + "198.51.100.7");
    }

    @Test
    public void schemeAndHostAreThoseOfTheFarthestTrustedProxy() {
        assertEquals("https", said("198.51.100.7", List.of("https"), List.of()).scheme());
        assertEquals(
                "wss is a socket's https",
                "https",
                said("198.51.100.7", List.of("WSS"), List.of()).scheme());
        assertEquals("http", said("198.51.100.7", List.of("http"), List.of()).scheme());
        assertEquals(
                "added, not replaced",
                "https",
                said("198.51.100.7", List.of("http, https"), List.of()).scheme());
        assertEquals(
                "one per proxy",
                "https",
                said("198.51.100.7, 10.1.1.1", List.of("https, http"), List.of())
                        .scheme());
        assertEquals(
                "forged in front of one per proxy",
                "https",
                said("198.51.100.7, 10.1.1.1", List.of("http", "https, http"), List.of())
                        .scheme());
        assertEquals(
                "kept from the first",
                "https",
                said("198.51.100.7, 10.1.1.1", List.of("https"), List.of()).scheme());
        for (var odd : List.of("", "ftp", "https;", "\u017fhttps", "x".repeat(9_000))) {
            assertEquals(
                    "as the request came: " + odd,
                    "http",
                    said("198.51.100.7", List.of(odd), List.of()).scheme());
        }

        assertEquals(
                Optional.of("desk.example"),
                said("198.51.100.7", List.of(), List.of("desk.example")).host());
        assertEquals(
                Optional.of("desk.example:8443"),
                said("198.51.100.7", List.of(), List.of("evil.example, desk.example:8443"))
                        .host());
        assertEquals(
                "a port that need not be said",
                Optional.of("desk.example"),
                said("198.51.100.7", List.of("https"), List.of("desk.example:443"))
                        .host());
        assertEquals(
                Optional.of("desk.example:443"),
                said("198.51.100.7", List.of("http"), List.of("desk.example:443"))
                        .host());
        for (var odd : List.of("", "a b", "h/x", "a@b", "h\r\nX: y", "x".repeat(9_000))) {
            assertEquals(
                    odd,
                    Optional.of("own:8181"),
                    said("198.51.100.7", List.of(), List.of(odd)).host());
        }
    }

    @Test
    public void whoMayBeTrustedIsCheckedEntryByEntry() {
        var some = TrustedProxies.read(
                "10.0.0.1/33, 0.0.0.0/0, ::/0, proxy.example, 10.0.0.7/, /8, 192.0.2.9, 1.2.3.4/-1");
        assertEquals(Optional.empty(), Client.behind(some, sent("10.0.0.1", List.of("1.1.1.1"))));
        assertEquals(Optional.empty(), Client.behind(some, sent("10.0.0.7", List.of("1.1.1.1"))));
        assertEquals(Optional.empty(), Client.behind(some, sent("::1", List.of("1.1.1.1"))));
        assertTrue(
                "the good one holds",
                Client.behind(some, sent("192.0.2.9", List.of("1.1.1.1"))).isPresent());
        assertTrue(TrustedProxies.read(" ,, ").isEmpty());
        var odd = TrustedProxies.read("10.128.0.0/9,::ffff:192.0.2.0/120");
        assertEquals(Optional.empty(), Client.behind(odd, sent("10.127.255.255", List.of("1.1.1.1"))));
        assertTrue(Client.behind(odd, sent("10.128.0.1", List.of("1.1.1.1"))).isPresent());
        assertTrue(Client.behind(odd, sent("192.0.2.200", List.of("1.1.1.1"))).isPresent());
        assertEquals(Optional.empty(), Client.behind(odd, sent("192.0.3.1", List.of("1.1.1.1"))));
    }

    @Test
    public void whateverAHeaderSaysTheAnswerIsAnAddressASchemeAndAHost() {
        qt().forAll(
                        lists().of(strings().basicLatinAlphabet().ofLengthBetween(0, 60))
                                .ofSizeBetween(0, 4),
                        lists().of(strings().basicLatinAlphabet().ofLengthBetween(0, 60))
                                .ofSizeBetween(0, 4))
                .check((addresses, hosts) -> {
                    var client = Client.behind(
                                    proxies,
                                    new Client.Sent(
                                            "127.0.0.1", "http", Optional.of("own:8181"), addresses, hosts, hosts))
                            .orElseThrow();
                    return Addresses.literal(client.address()).isPresent()
                            && List.of("http", "https").contains(client.scheme())
                            && client.host().flatMap(Origins::authority).isPresent();
                });
    }

    private Client said(String addresses, List<String> schemes, List<String> hosts) {
        return Client.behind(
                        proxies,
                        new Client.Sent(
                                "127.0.0.1", "http", Optional.of("own:8181"), List.of(addresses), schemes, hosts))
                .orElseThrow();
    }

    private void assertClient(String address, String remote, String... lines) {
        assertClient("", address, remote, List.of(lines));
    }

    private void assertClient(String why, String address, String remote, List<String> lines) {
        assertEquals(why, address, behind(remote, lines).orElseThrow().address());
    }

    private Optional<Client> behind(String remote, List<String> addresses) {
        return Client.behind(proxies, sent(remote, addresses));
    }

    private static Client.Sent sent(String remote, List<String> addresses) {
        return new Client.Sent(remote, "http", Optional.of("own:8181"), addresses, List.of(), List.of());
    }
}

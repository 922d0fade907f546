package dev.tandem.web.internal.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import javax.servlet.FilterChain;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.junit.Test;

import dev.tandem.web.Caller;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Callers;
import dev.tandem.web.internal.Drain;
import dev.tandem.web.internal.FakeCluster;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.WebConfig;

/** What the gate makes of requests before anybody else sees them. */
public class GateTest {
    private static final String PROXY = "127.0.0.1";
    private static final String ELSEWHERE = "203.0.113.9";
    private static final Map<String, List<String>> FORWARDED = Map.of(
            "Host", List.of("127.0.0.1:8181"),
            "X-Forwarded-For", List.of("198.51.100.7"),
            "X-Forwarded-Proto", List.of("https"),
            "X-Forwarded-Host", List.of("desk.example"));

    private static final BiFunction<String, String, Optional<Caller>> NO_TICKETS = (ticket, path) -> Optional.empty();

    private final WebConfig config = Fakes.config("", "'none'", "main", PROXY);

    @Test
    public void behindATrustedProxyTheRequestIsTheClients() throws Exception {
        var seen = through(config, request(PROXY, "/x", FORWARDED)).request();
        assertEquals("198.51.100.7", seen.getRemoteAddr());
        assertEquals("198.51.100.7", seen.getRemoteHost());
        assertTrue(seen.isSecure());
        assertEquals("https", seen.getScheme());
        assertEquals("desk.example", seen.getServerName());
        assertEquals(443, seen.getServerPort());
        assertEquals("desk.example", seen.getHeader("host"));
        assertEquals(List.of("desk.example"), Collections.list(seen.getHeaders("HOST")));
        assertEquals("https://desk.example/x", seen.getRequestURL().toString());
        var call = new RequestCall(seen, callers(), config, NO_TICKETS);
        assertEquals("https://desk.example", call.publicUrl().toString());
        assertEquals("198.51.100.7", call.address());
        assertTrue(call.secure());
    }

    @Test
    public void aTicketInTheAddressStandsForATokenOnlyWhereSomethingIsRead() {
        var good = new RequestCall(asking("GET", "ticket=good", Map.of()), callers(), config, TICKETS);
        assertEquals(Fakes.MARIE, good.caller());
        for (var other : List.of(
                asking("POST", "ticket=good", Map.of()),
                asking("GET", "ticket=bad", Map.of()),
                asking("GET", null, Map.of()))) {
            assertTrue(new RequestCall(other, callers(), config, TICKETS).caller() instanceof Caller.Anonymous);
        }
        var both = asking("GET", "ticket=good", Map.of("Authorization", List.of("Bearer x")));
        var token = new RequestCall(both, callers(), config, TICKETS);
        assertThrows("what is said outright is asked about", ProblemException.class, token::caller);
    }

    private static final BiFunction<String, String, Optional<Caller>> TICKETS = (ticket, path) ->
            Optional.<Caller>of(Fakes.MARIE).filter(caller -> ticket.equals("good") && path.equals("/api/files/1"));

    private static HttpServletRequest asking(String verb, String query, Map<String, List<String>> headers) {
        var request = request(ELSEWHERE, "/api/files/1", headers);
        return fake(HttpServletRequest.class, (proxy, method, args) -> switch (method.getName()) {
            case "getMethod" -> verb;
            case "getQueryString" -> query;
            case "getCookies" -> null;
            default -> method.invoke(request, args);
        });
    }

    @Test
    public void fromAnUntrustedAddressNothingOfItCounts() throws Exception {
        var request = request(ELSEWHERE, "/x", FORWARDED);
        var seen = through(config, request).request();
        assertSame(request, seen);
        var call = new RequestCall(seen, callers(), config, NO_TICKETS);
        assertEquals("http://127.0.0.1:8181", call.publicUrl().toString());
        assertEquals(ELSEWHERE, call.address());
        assertFalse(call.secure());
    }

    @Test
    public void aPortThatIsNoPortIsTheSchemes() throws Exception {
        var headers = new HashMap<>(FORWARDED);
        headers.put("X-Forwarded-Host", List.of("[2001:db8::7]:8443"));
        var seen = through(config, request(PROXY, "/x", headers)).request();
        assertEquals("[2001:db8::7]", seen.getServerName());
        assertEquals(8443, seen.getServerPort());
        headers.put("X-Forwarded-Host", List.of("[2001:db8::7]"));
        assertEquals(
                443, through(config, request(PROXY, "/x", headers)).request().getServerPort());
    }

    @Test
    public void aChangedSettingHoldsForTheNextRequest() throws Exception {
        var live = Fakes.config("", "'none'", "main", "");
        var gate = new Gate(live, new Drain(() -> false), () -> true);
        var request = request(PROXY, "/x", FORWARDED);
        assertEquals(PROXY, through(gate, request).request().getRemoteAddr());
        Fakes.change(live, "", PROXY);
        assertEquals("198.51.100.7", through(gate, request).request().getRemoteAddr());
        Fakes.change(live, "", "");
        assertEquals(PROXY, through(gate, request).request().getRemoteAddr());
    }

    @Test
    public void cookiesAreSecureWhereBrowsersAreBoundToTls() throws Exception {
        var byName = Fakes.config("https://desk.example", "'none'", "main", "");
        var plain = request(ELSEWHERE, "/x", Map.of("Host", List.of("10.0.0.1:8181")));
        assertTrue(new RequestCall(plain, callers(), byName, NO_TICKETS).secure());
        assertFalse(new RequestCall(plain, callers(), config, NO_TICKETS).secure());
    }

    @Test
    public void socketsAreOpenedByPagesOfTheHostThatTheProxyNames() throws Exception {
        for (var path : List.of("/live", "/media", "/media/node-a", "/media;x=y", "/li%76e")) {
            assertEquals(0, socket(PROXY, path, "https://desk.example").status());
            assertEquals(403, socket(PROXY, path, "http://desk.example").status());
            assertEquals(403, socket(PROXY, path, "https://evil.example").status());
            assertEquals(
                    "a forged host",
                    403,
                    socket(ELSEWHERE, path, "https://desk.example").status());
            assertEquals(426, through(config, request(PROXY, path, FORWARDED)).status());
        }
    }

    @Test
    public void aStartingNodeSaysSoWhereItMayNotKnowAPathYet() throws Exception {
        var gate = new Gate(config, new Drain(() -> false), () -> false);
        for (var path : List.of("/api/sessions", "/api/x", "/live", "/media/a")) {
            assertEquals(503, through(gate, request(ELSEWHERE, path, Map.of())).status());
        }
        for (var path : List.of("/health", "/desktop", "/apiary")) {
            assertEquals(0, through(gate, request(ELSEWHERE, path, Map.of())).status());
        }
    }

    @Test
    public void aDrainingNodeLetsNobodyThroughButWhoAsksForItsHealth() throws Exception {
        var node = new FakeCluster().join("a");
        var gate = new Gate(config, new Drain(node), () -> true);
        var get = request(ELSEWHERE, "/api/sessions", Map.of());
        var socket = request(
                ELSEWHERE,
                "/live",
                Map.of("Upgrade", List.of("websocket"), "Host", List.of("h"), "Origin", List.of("http://h")));
        assertEquals(0, through(gate, get).status());
        node.drain();
        for (var turnedAway : List.of(get, socket)) {
            assertEquals(503, through(gate, turnedAway).status());
            assertEquals("1", through(gate, turnedAway).headers().get("Retry-After"));
        }
        assertEquals(0, through(gate, request(ELSEWHERE, "/health", Map.of())).status());
        node.resume();
        assertEquals(0, through(gate, get).status());
        assertEquals(0, through(gate, socket).status());
    }

    /** Its slices go one after the other, and with them what is known of paths, sign-ins and tokens. */
    @Test
    public void aStoppingNodeLetsNobodyThroughThoughItsJournalMayBeGone() throws Exception {
        var gate = new Gate(config, new Drain(() -> true), () -> true);
        for (var path : List.of("/api/tickets", "/api/nodes", "/live", "/media/a", "/desktop")) {
            assertEquals(
                    path, 503, through(gate, request(ELSEWHERE, path, Map.of())).status());
        }
        assertEquals(0, through(gate, request(ELSEWHERE, "/health", Map.of())).status());
    }

    @Test
    public void onlyTheHostThatIsSaidToHaveTlsKeepsBrowsersToIt() throws Exception {
        var byName = Fakes.config("https://desk.example", "'none'", "main", PROXY);
        assertTrue(hsts(through(byName, request(PROXY, "/x", FORWARDED))).isPresent());
        assertEquals("not said", Optional.empty(), hsts(through(config, request(PROXY, "/x", FORWARDED))));
        assertEquals("forged", Optional.empty(), hsts(through(byName, request(ELSEWHERE, "/x", FORWARDED))));
        var other = new HashMap<>(FORWARDED);
        other.put("X-Forwarded-Host", List.of("localhost"));
        assertEquals("another name", Optional.empty(), hsts(through(byName, request(PROXY, "/x", other))));
        var plain = new HashMap<>(FORWARDED);
        plain.put("X-Forwarded-Proto", List.of("http"));
        assertEquals("no TLS", Optional.empty(), hsts(through(byName, request(PROXY, "/x", plain))));
    }

    private static Optional<String> hsts(Passed passed) {
        return Optional.ofNullable(passed.headers().get("Strict-Transport-Security"));
    }

    private Passed socket(String remote, String path, String origin) throws Exception {
        var headers = new HashMap<>(FORWARDED);
        headers.put("Upgrade", List.of("websocket"));
        headers.put("Origin", List.of(origin));
        return through(config, request(remote, path, headers));
    }

    private static Callers callers() {
        return new Callers(Fakes.config("", "'none'", "main"));
    }

    /** @param status 0 if nothing was answered and the request went on as {@code request} */
    private record Passed(HttpServletRequest request, int status, Map<String, String> headers) {}

    private static Passed through(WebConfig config, HttpServletRequest request) throws Exception {
        return through(new Gate(config, new Drain(() -> false), () -> true), request);
    }

    private static Passed through(Gate gate, HttpServletRequest request) throws Exception {
        var seen = new AtomicReference<>(request);
        var status = new AtomicReference<>(0);
        var headers = new TreeMap<String, String>();
        FilterChain chain = (on, response) -> seen.set((HttpServletRequest) on);
        var response = fake(HttpServletResponse.class, (proxy, method, args) -> {
            switch (method.getName()) {
                case "setStatus" -> status.set((Integer) args[0]);
                case "setHeader" -> headers.put((String) args[0], (String) args[1]);
                case "getOutputStream" -> {
                    return new Nowhere();
                }
                default -> {}
            }
            return null;
        });
        gate.doFilter(request, response, chain);
        return new Passed(seen.get(), status.get(), headers);
    }

    private static HttpServletRequest request(String remote, String path, Map<String, List<String>> sent) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(sent);
        return fake(HttpServletRequest.class, (proxy, method, args) -> switch (method.getName()) {
            case "getRemoteAddr", "getRemoteHost" -> remote;
            case "getScheme" -> "http";
            case "isSecure" -> false;
            case "getRequestURI" -> path;
            case "getHeader" -> headers.getOrDefault(args[0], List.of()).stream()
                    .findFirst()
                    .orElse(null);
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault(args[0], List.of()));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class Nowhere extends ServletOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // writes at once
        }
    }
}

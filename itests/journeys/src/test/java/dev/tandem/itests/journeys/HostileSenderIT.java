package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;
import dev.tandem.itests.harness.MediaClient;

/**
 * Media sockets that do what no page does: each is closed with its reason, the session and its other viewers go on, memory
 * stays bounded and the log does not fill.
 */
public class HostileSenderIT {
    private static final String CONFIG = "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":640,\"height\":480}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_LOG_LINES = 40;
    private static final int MOST_MEGABYTES = 200;

    @Rule
    public final Scene scene = new Scene();

    private final List<MediaClient> opened = new ArrayList<>();
    private Site site;
    private Site.Support support;
    private Site.Seated marie;
    private MediaClient anna;
    private long logLines;
    private long sequence;

    @Before
    public void annaLooksAtMariesScreen() throws IOException {
        site = Site.create(Running.karaf());
        support = site.support(scene);
        marie = support.join(scene);
        marie.api().post("/screen/" + support.id() + "/start").ok();
        anna = viewer();
        logLines = logLines();
    }

    @After
    public void theSessionGoesOnAndTheLogIsShort() throws IOException {
        try {
            assertTrue("Anna was not disturbed", anna.open());
            marie.api().post("/screen/" + support.id() + "/start").ok();
            var back = sender();
            sequence += 1_000_000;
            back.frame(true, sequence, 1000);
            anna.awaitFrame(sequence);
            back.awaitAcknowledged(sequence);
            assertTrue("log lines: " + (logLines() - logLines), logLines() - logLines <= MOST_LOG_LINES);
        } finally {
            opened.forEach(MediaClient::close);
        }
    }

    private static long logLines() throws IOException {
        try (var lines = Files.lines(Running.karaf().home().resolve("data/log/karaf.log"))) {
            return lines.count();
        }
    }

    private String ticket(Api api, String session) {
        return api.post("/tickets", Map.of("for", "media", "session", session, "channel", "screen"))
                .ok()
                .get("ticket")
                .asText();
    }

    private MediaClient keep(MediaClient client) {
        opened.add(client);
        return client;
    }

    private MediaClient viewer() {
        var api = site.anna().api();
        return keep(MediaClient.open(Running.karaf().uri(), ticket(api, support.id()), "viewer"));
    }

    /** Marie's, configured and told that somebody looks. */
    private MediaClient sender() {
        var sender = keep(MediaClient.open(Running.karaf().uri(), ticket(marie.api(), support.id()), "sender"));
        sender.await("a viewer", t -> t.path("looking").asInt() > 0);
        return sender.text(CONFIG);
    }

    private long next() {
        return sequence++;
    }

    @Test
    public void framesThatAreNoFrames() {
        var noise = new byte[5_000];
        new Random(5).nextBytes(noise);
        noise[0] = 9;
        assertEquals("4403 bad-frame", sender().binary(noise).end());
        assertEquals("4403 bad-frame", sender().binary(new byte[0]).end());
        assertEquals("4403 bad-frame", sender().binary(new byte[20]).end());
        assertEquals(
                "no key frame first",
                "4403 bad-frame",
                sender().frame(false, 0, 100).end());
        assertEquals("nothing came through", List.of(), anna.sequences());
    }

    @Test
    public void framesOutOfOrder() {
        var sender = sender().frame(true, 5, 1000).frame(false, 6, 100).frame(false, 8, 100);
        assertEquals("4403 bad-frame", sender.end());
        assertEquals(
                "4403 bad-frame",
                sender().frame(true, 20, 100).frame(true, 20, 100).end());
        anna.awaitFrame(20);
        assertEquals(List.of(5L, 6L, 20L), anna.sequences());
    }

    @Test
    public void whatIsTooLargeIsRefusedByItsHead() {
        assertEquals("4413 too big", sender().promise(10 * 1024 * 1024).end());
        assertEquals("4413 too big", sender().promise(Long.MAX_VALUE).end());
        assertEquals("4413 too big", sender().text("x".repeat(70_000)).end());
        assertEquals(
                "4403 bad-message",
                sender().text("{\"op\":\"key\",\"x\":\"" + "x".repeat(9_000) + "\"}")
                        .end());
        assertEquals(
                "a viewer sends none at all",
                "4413 too big",
                viewer().promise(100_000).end());
    }

    @Test
    public void breachesOfTheWebSocketItself() {
        assertEquals(
                "1002 not a frame",
                sender().raw(new byte[] {(byte) 0x82, 5, 1, 2, 3, 4, 5}).end());
        assertEquals(
                "1002 not a frame",
                sender().raw("GET / HTTP/1.1\r\n\r\n".getBytes()).end());
        assertEquals(
                "4401 no such ticket",
                keep(MediaClient.open(Running.karaf().uri(), "made-up", "sender"))
                        .end());
    }

    @Test
    public void ofAnotherSession() {
        var other = Site.create(Running.karaf());
        var foreign = other.support().join();
        var reply =
                foreign.api().post("/tickets", Map.of("for", "media", "session", support.id(), "channel", "screen"));
        if (reply.status() == 200) {
            var thief = keep(MediaClient.open(
                    Running.karaf().uri(), reply.body().get("ticket").asText(), "sender"));
            assertTrue(thief.end(), thief.end().startsWith("4403"));
        } else {
            assertTrue(reply.text(), reply.status() == 404 || reply.status() == 403);
        }
        var agent = site.anna().api();
        var wrong = keep(MediaClient.open(Running.karaf().uri(), ticket(agent, support.id()), "sender"));
        assertEquals("4403 wrong-role", wrong.end());
        var spying = keep(MediaClient.open(Running.karaf().uri(), ticket(marie.api(), support.id()), "viewer"));
        assertEquals("4403 wrong-role", spying.end());
    }

    @Test
    public void afterTheRevocation() {
        var sender = sender().frame(true, next(), 1000);
        anna.awaitFrame(0);
        site.anna().api().post("/screen/" + support.id() + "/stop").ok();
        for (int i = 0; i < 100; i++) {
            sender.frame(false, next(), 1000);
        }
        assertEquals("4403 screen-stopped", sender.end());
        assertEquals("4403 screen-stopped", anna.end());
        assertEquals(List.of(0L), anna.sequences());
        var late = keep(MediaClient.open(Running.karaf().uri(), ticket(marie.api(), support.id()), "sender"));
        assertEquals("4403 screen-stopped", late.end());
        marie.api().post("/screen/" + support.id() + "/start").ok();
        anna = viewer();
    }

    @Test
    public void asManyFramesAsTheLineTakes() {
        long before = Running.karaf().residentMegabytes();
        var sender = sender();
        for (int i = 0; i < 1_000_000 && sender.open(); i++) {
            sender.frame(i == 0, next(), 10);
        }
        assertEquals("4403 too-fast", sender.end());
        assertTrue("frames that came through", anna.sequences().size() < 1_000);
        long more = Running.karaf().residentMegabytes() - before;
        assertTrue("MB more: " + more, more < MOST_MEGABYTES);
    }

    @Test
    public void theLargestFramesWithoutWaitingForAnything() {
        long before = Running.karaf().residentMegabytes();
        var sender = sender();
        for (int i = 0; i < 100 && sender.open(); i++) {
            sender.frame(true, next(), 4_000_000);
        }
        sender.close(); // cut off or not: that depends on how fast Anna is
        long more = Running.karaf().residentMegabytes() - before;
        assertTrue("MB more: " + more, more < MOST_MEGABYTES);
    }

    @Test
    public void textsByTheThousand() {
        var sender = sender();
        for (int i = 0; i < 100_000 && sender.open(); i++) {
            sender.text(CONFIG);
        }
        assertEquals("4403 too-fast", sender.end());
        var viewer = viewer();
        for (int i = 0; i < 100_000 && viewer.open(); i++) {
            viewer.text("{\"op\":\"key\"}");
        }
        assertEquals("4403 too-fast", viewer.end());
    }

    @Test
    public void aViewerThatSendsFrames() {
        assertEquals("4403 bad-message", viewer().frame(true, 0, 100).end());
    }

    /** Both at once, since the relay's patience with silence is 25 seconds. */
    @Test
    public void halfAFrameAndNothingMoreAndAViewerThatNeverReads() {
        var api = site.anna().api();
        var half = MediaClient.openDeaf(Running.karaf().uri(), ticket(api, support.id()), "viewer");
        keep(half).promise(50_000).raw(new byte[1000]);
        keep(MediaClient.openDeaf(Running.karaf().uri(), ticket(api, support.id()), "viewer"));
        var sender = sender();
        awaitViewers(3);
        long before = Running.karaf().residentMegabytes();
        var path = "/screen/" + support.id();
        Await.until("both are given up while Anna sees every frame", PATIENCE, () -> {
            long now = next();
            sender.frame(now % 100 == 0, now, 50_000);
            sender.awaitAcknowledged(now);
            anna.awaitFrame(now);
            return api.get(path).ok().get("viewers").asInt() == 1;
        });
        var state = api.get(path).ok();
        assertEquals(sequence, state.get("frames").asLong());
        assertEquals(sequence * 50_020, state.get("bytes").asLong());
        assertTrue("the slow ones missed frames", state.get("dropped").asLong() > 0);
        assertEquals(sequence, anna.sequences().size());
        long more = Running.karaf().residentMegabytes() - before;
        assertTrue("MB more: " + more, more < MOST_MEGABYTES);
        assertFalse("the sender was not disturbed", !sender.open());
    }

    private void awaitViewers(int count) {
        Await.until(
                count + " viewers",
                PATIENCE,
                () -> site.anna()
                                .api()
                                .get("/screen/" + support.id())
                                .ok()
                                .get("viewers")
                                .asInt()
                        == count);
    }
}

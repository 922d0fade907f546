package dev.tandem.itests.journeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import dev.tandem.itests.harness.FromAddress;

/** The one door that strangers can knock at. */
public class PinDoorIT {
    private static final String WRONG = "000000000";

    @Rule
    public final Scene scene = new Scene();

    private Site site;

    @Before
    public void site() {
        site = Site.create(Running.karaf());
    }

    @Test
    public void B3_wrongEndedAndUsedUpPinsGetTheSameAnswer() {
        var ended = site.support(scene);
        site.anna().api().post("/sessions/" + ended.id() + "/end").ok();
        var renewed = site.support(scene);
        site.anna().api().post("/sessions/" + renewed.id() + "/renew").ok();

        var wrong = knock("127.0.1.1", WRONG);
        var answers = List.of(
                knock("127.0.1.2", ended.pin()),
                knock("127.0.1.3", renewed.pin()),
                knock("127.0.1.4", "12345"),
                knock("127.0.1.5", "not digits"));

        assertEquals(wrong.text(), 403, wrong.status());
        assertTrue(wrong.text(), wrong.text().contains("pin-refused"));
        for (var answer : answers) {
            assertEquals(answer.text(), wrong.status(), answer.status());
            assertEquals(wrong.text(), answer.text());
        }
    }

    @Test
    public void wrongAndRightPinsTakeTheSameTime() {
        var wrong = new ArrayList<Long>();
        var ended = new ArrayList<Long>();
        var gone = site.support(scene);
        site.anna().api().post("/sessions/" + gone.id() + "/end").ok();
        for (int i = 0; i < 9; i++) {
            wrong.add(knock("127.0.2." + (10 + i), WRONG).nanos());
            ended.add(knock("127.0.2." + (50 + i), gone.pin()).nanos());
        }
        double ratio = (double) median(wrong) / median(ended);
        assertTrue("medians differ by a factor of " + ratio, ratio > 0.4 && ratio < 2.5);
    }

    @Test
    public void sixthAttemptOfAnAddressHasToWaitAndOthersDoNot() {
        var support = site.support(scene);
        for (int i = 0; i < 5; i++) {
            assertEquals(403, knock("127.0.3.1", WRONG).status());
        }
        var refused = knock("127.0.3.1", support.pin());
        assertEquals(refused.text(), 429, refused.status());
        assertTrue(refused.text(), refused.text().contains("too-many-attempts"));
        long wait = Long.parseLong(refused.headers().getOrDefault("retry-after", "0"));
        assertTrue("Retry-After: " + wait, wait > 0 && wait <= 600);

        assertEquals(
                "an address without failures is never refused",
                200,
                knock("127.0.3.2", support.pin()).status());
    }

    @Test
    public void aProxyHeaderFromAnUntrustedAddressIsIgnored() {
        var support = site.support(scene);
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    403,
                    knock(from("127.0.5.1").with("X-Forwarded-For", "127.0.5." + (10 + i)), WRONG)
                            .status());
        }
        var spread = knock(from("127.0.5.1").with("X-Forwarded-For", "127.0.5.99"), support.pin());
        assertEquals("a forged address is no fresh start", 429, spread.status());
        assertEquals(
                "and counts against nobody",
                200,
                knock("127.0.5.10", support.pin()).status());

        var page = from("127.0.5.2")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "evil.example")
                .with("Forwarded", "for=127.0.5.3;host=evil.example;proto=https")
                .get("/join");
        assertFalse(page.headers().toString(), page.headers().toString().contains("evil.example"));
        assertFalse(page.headers().containsKey("strict-transport-security"));
    }

    @Test
    public void hundredFailuresRaiseAnAlarmAndNeverShutOutTheInnocent() {
        var support = site.support(scene);
        for (int i = 0; i < 100; i++) {
            knock("127.0.4." + (1 + i / 5), WRONG);
        }
        assertTrue(
                "an alarm that names the site in the log",
                Running.karaf().tail(400).lines().anyMatch(l -> l.matches(".*(WARN|ERROR).*" + site.name() + ".*")));
        long start = System.nanoTime();
        assertEquals(200, knock("127.0.4.200", support.pin()).status());
        assertTrue("and is not slowed", System.nanoTime() - start < 1_500_000_000L);
    }

    @Test
    public void BX2_pinIsForOneSeatAndASecondDeviceTakesItOver() {
        var support = site.support(scene);
        var first = support.join(scene);
        var second = support.join(scene);
        assertNotEquals(first.token(), second.token());
        assertEquals(200, second.api().get("/sessions/" + support.id()).status());
        assertEquals(401, first.api().get("/sessions/" + support.id()).status());
        assertEquals(1, customers(support));
    }

    @Test
    public void BX2_startNewGivesAFreshPinAndUrl() {
        var support = site.support(scene);
        var fresh =
                site.anna().api().post("/sessions/" + support.id() + "/renew").ok();
        assertNotEquals(support.id(), fresh.get("id").asText());
        assertNotEquals(support.pin(), fresh.get("seats").get(0).get("pin").asText());
        assertNotEquals(support.url(), fresh.get("seats").get(0).get("url").asText());
        assertEquals(403, support.tryJoin(support.pin()).status());
    }

    private static long customers(Site.Support support) {
        long count = 0;
        for (var participant : support.now().get("participants")) {
            if (participant.get("role").asText().equals("CUSTOMER")
                    && participant.get("state").asText().equals("JOINED")) {
                count++;
            }
        }
        return count;
    }

    private FromAddress.Reply knock(String address, String pin) {
        return knock(from(address), pin);
    }

    private FromAddress.Reply knock(FromAddress from, String pin) {
        return from.post("/join", Map.of("pin", pin, "site", site.name()));
    }

    private FromAddress from(String address) {
        return new FromAddress(site.karaf().uri(), address);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}

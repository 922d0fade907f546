package dev.tandem.call.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.testing.TestClock;
import dev.tandem.session.ParticipantId;

public class IceServersTest {
    private static final ParticipantId MARIE = new ParticipantId(new UUID(0, 7));

    private final TestClock clock = new TestClock();

    private record Fixed(String stun, String turn, String turnSecret, long turnLifetime, String transportPolicy)
            implements IceServers.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return IceServers.Config.class;
        }
    }

    private IceServers servers(String stun, String turn, String secret, long lifetime) {
        return new IceServers(clock, new Fixed(stun, turn, secret, lifetime, "all"));
    }

    @Test
    public void nothingIsConfigured() {
        assertEquals(List.of(), servers("", " , ", "", 60).forPage(MARIE).servers());
    }

    @Test
    public void stunNeedsNoLogin() {
        assertEquals(
                List.of(new IceServer(List.of("stun:a.example", "stun:b.example:3478"), Optional.empty())),
                servers(" stun:a.example , stun:b.example:3478", "", "", 60)
                        .forPage(MARIE)
                        .servers());
    }

    @Test
    public void turnWithoutASecretIsNotOffered() {
        assertEquals(
                List.of(), servers("", "turn:a.example", "", 60).forPage(MARIE).servers());
    }

    @Test
    public void theUserNameSaysUntilWhenItHoldsAndIsFreshEachTime() {
        var servers = servers("", "turn:a.example?transport=udp,turns:a.example", "north", 3_600);
        var first = servers.forPage(MARIE).servers().get(0);
        assertEquals(List.of("turn:a.example?transport=udp", "turns:a.example"), first.urls());
        long until = clock.instant().plusSeconds(3_600).getEpochSecond();
        var login = first.login().orElseThrow();
        assertEquals(until + ":" + MARIE, login.user());
        assertEquals(IceServers.password("north", login.user()), login.password());
        assertNotEquals(IceServers.password("south", login.user()), login.password());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(
                (until + 1) + ":" + MARIE,
                servers.forPage(MARIE).servers().get(0).login().orElseThrow().user());
    }

    @Test
    public void whereAddressesStayHiddenPagesMeetByTurnAlone() {
        assertFalse(servers("", "turn:a", "s", 60).forPage(MARIE).relayOnly());
        assertTrue(new IceServers(clock, new Fixed("", "turn:a", "s", 60, " Relay "))
                .forPage(MARIE)
                .relayOnly());
    }

    @Test
    public void aLifetimeBelowAMinuteIsAMinute() {
        var user = servers("", "turn:a", "s", 1)
                .forPage(MARIE)
                .servers()
                .get(0)
                .login()
                .orElseThrow()
                .user();
        assertEquals(clock.instant().plusSeconds(60).getEpochSecond() + ":" + MARIE, user);
    }

    /** Test case 2 of RFC 2202. */
    @Test
    public void thePasswordIsTheKnownHmac() {
        // effcdf6ae5eb2fa2d27416d5f184df9c259a7c79
        assertEquals("7/zfauXrL6LSdBbV8YTfnCWafHk=", IceServers.password("Jefe", "what do ya want for nothing?"));
    }
}

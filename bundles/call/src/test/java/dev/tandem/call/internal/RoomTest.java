package dev.tandem.call.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.tandem.call.Calls;
import dev.tandem.call.internal.Room.Want;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.session.ParticipantId;

public class RoomTest {
    private static final ParticipantId ANNA = new ParticipantId(new UUID(1, 1));
    private static final ParticipantId BEN = new ParticipantId(new UUID(1, 2));
    private static final ParticipantId MARIE = new ParticipantId(new UUID(1, 3));
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final TestClock clock = new TestClock();
    private final Room room = new Room(clock);
    private final FakePeer anna = new FakePeer();
    private final FakePeer marie = new FakePeer();

    private long enter(ParticipantId who, FakePeer peer) {
        return room.enter(who, peer, new IceServers.Ways(List.of(), false));
    }

    @Test
    public void whoEntersIsToldWhoIsInTheCall() {
        room.join(enter(ANNA, anna), true, false);
        long second = enter(MARIE, marie);
        assertEquals(
                List.of("{\"op\":\"welcome\",\"you\":" + second
                        + ",\"relay\":false,\"ice\":[],\"peers\":[{\"id\":1,\"participant\":\"" + ANNA
                        + "\",\"audio\":true,\"video\":false}]}"),
                marie.texts);
    }

    @Test
    public void everybodyHearsWhoJoinsChangesAndLeaves() {
        long first = enter(ANNA, anna);
        long second = enter(MARIE, marie);
        room.join(first, true, false);
        room.join(second, true, true);
        assertEquals(2, anna.texts("peer").size());
        assertEquals(2, marie.texts("peer").size());
        room.state(second, false, true);
        assertTrue(anna.last(), anna.last().contains("\"id\":2") && anna.last().contains("\"audio\":false"));
        room.leave(second);
        assertEquals("{\"op\":\"gone\",\"id\":2}", anna.last());
        int said = anna.texts.size();
        room.leave(second);
        room.state(second, true, true);
        assertEquals("nobody is out twice, and who is out has no state", said, anna.texts.size());
        assertEquals(List.of(new Calls.Party(first, ANNA, true, false)), room.peers());
    }

    @Test
    public void aSignalGoesToOneAndOnlyBetweenThoseInTheCall() {
        var data = JsonNodeFactory.instance.objectNode().put("description", "x");
        long first = enter(ANNA, anna);
        long second = enter(MARIE, marie);
        room.signal(first, second, data);
        room.join(first, true, false);
        room.signal(first, second, data);
        room.signal(first, first, data);
        room.signal(first, 99, data);
        assertEquals(List.of(), marie.texts("signal"));
        room.join(second, true, false);
        room.signal(first, second, data);
        assertEquals(List.of("{\"op\":\"signal\",\"from\":1,\"data\":{\"description\":\"x\"}}"), marie.texts("signal"));
        assertEquals(List.of(), anna.texts("signal"));
    }

    @Test
    public void whoComesWhenItIsFullIsToldAndWhoIsInMayJoinAgain() {
        long first = enter(ANNA, anna);
        assertTrue(room.join(first, true, false));
        for (int more = 1; more < Calls.MOST; more++) {
            assertTrue(room.join(enter(BEN, new FakePeer()), true, false));
        }
        long late = enter(MARIE, marie);
        assertFalse(room.join(late, true, false));
        assertEquals("{\"op\":\"full\"}", marie.last());
        assertTrue("in already", room.join(first, true, true));
        room.leave(first);
        assertTrue(room.join(late, true, false));
    }

    @Test
    public void aPageThatClosesIsOut() {
        long first = enter(ANNA, anna);
        long second = enter(MARIE, marie);
        room.join(second, true, false);
        room.closed(second);
        assertEquals("{\"op\":\"gone\",\"id\":2}", anna.last());
        room.closed(first);
        clock.advance(Room.EMPTY);
        assertEquals(Want.FORGET, room.want(false));
    }

    @Test
    public void anEmptyCallEndsAfterAWhileAndNotIfSomebodyComesBack() {
        long first = enter(ANNA, anna);
        room.join(first, true, false);
        room.leave(first);
        clock.advance(Room.EMPTY.minus(MOMENT));
        assertEquals(Want.NOTHING, room.want(true));
        room.join(first, true, false);
        clock.advance(Room.EMPTY);
        assertEquals(Want.NOTHING, room.want(true));
        room.leave(first);
        clock.advance(Room.EMPTY);
        assertEquals(Want.END_EMPTY, room.want(true));
        assertEquals("somebody listens", Want.NOTHING, room.want(false));
    }

    @Test
    public void W31_theCallGoesOnIfTheNewControllersPageCanDoVoice() {
        long first = enter(ANNA, anna);
        room.join(first, true, false);
        room.controlledBy(BEN);
        room.can(enter(BEN, new FakePeer()), true);
        clock.advance(Room.VOICE.plus(MOMENT));
        assertEquals(Want.NOTHING, room.want(true));
    }

    @Test
    public void W31_thePageMaySayItLate() {
        room.join(enter(ANNA, anna), true, false);
        room.controlledBy(BEN);
        clock.advance(Room.VOICE.minus(MOMENT));
        assertEquals(Want.NOTHING, room.want(true));
        room.can(enter(BEN, new FakePeer()), true);
        assertEquals(Want.NOTHING, room.want(true));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Want.NOTHING, room.want(true));
    }

    @Test
    public void W31_theCallEndsIfTheNewControllersPageCannotOrIsNotThere() {
        long first = enter(ANNA, anna);
        room.can(first, true);
        room.join(first, true, false);
        room.controlledBy(BEN);
        room.can(enter(BEN, marie), false);
        clock.advance(Room.VOICE);
        assertEquals(Want.END_NO_VOICE, room.want(true));
        room.over("no-voice");
        assertEquals("{\"op\":\"over\",\"reason\":\"no-voice\"}", anna.last());
        assertEquals("who only listens is told too", "{\"op\":\"over\",\"reason\":\"no-voice\"}", marie.last());
        assertEquals(List.of(), room.peers());
        assertEquals("judged once", Want.NOTHING, room.want(true));
    }

    @Test
    public void W31_whoCameLastIsJudged() {
        room.join(enter(ANNA, anna), true, false);
        room.controlledBy(BEN);
        room.controlledBy(ANNA);
        room.can(1, true);
        clock.advance(Room.VOICE);
        assertEquals(Want.NOTHING, room.want(true));
    }

    @Test
    public void withoutACallControlPassesUnjudged() {
        enter(ANNA, anna);
        room.controlledBy(BEN);
        clock.advance(Room.VOICE);
        assertEquals(Want.NOTHING, room.want(false));
    }

    @Test
    public void whoTakesBackTheConsentIsOutAndTheOthersGoOn() {
        room.join(enter(ANNA, anna), true, false);
        room.join(enter(MARIE, marie), true, false);
        room.out(MARIE);
        assertEquals(List.of("{\"op\":\"out\"}"), marie.texts("out"));
        assertEquals("{\"op\":\"gone\",\"id\":2}", anna.last());
        assertEquals(1, room.peers().size());
        room.out(MARIE);
        assertEquals(1, marie.texts("out").size());
    }

    @Test
    public void everyPageOfWhoIsGoneIsClosed() {
        var other = new FakePeer();
        enter(MARIE, marie);
        enter(MARIE, other);
        enter(ANNA, anna);
        assertEquals(List.of(MARIE, ANNA), room.participants());
        room.drop(MARIE, 4403, "not-in-session");
        assertEquals("4403 not-in-session", marie.closed.orElseThrow());
        assertEquals("4403 not-in-session", other.closed.orElseThrow());
        assertTrue(anna.closed.isEmpty());
    }
}

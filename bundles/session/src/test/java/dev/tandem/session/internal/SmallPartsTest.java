package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.testing.GoldenEvents;
import dev.tandem.platform.SiteId;

/** Golden events, PINs, numbers, links. */
public class SmallPartsTest {
    private static final SiteId MAIN = new SiteId("main");
    private static final SiteId ACME = new SiteId("acme");

    private final Pins pins = new Pins(purpose ->
            (purpose + "................................").substring(0, 32).getBytes());

    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(Fact.TYPES);
    }

    @Test
    public void everyFactHasAPermanentName() {
        assertEquals(
                Set.of(Fact.class.getPermittedSubclasses()),
                Set.copyOf(Fact.TYPES.classes().values()));
    }

    @Test
    public void pinsHaveNineDigitsAndAreTheSameAfterARestart() {
        qt().forAll(longs().all(), longs().all()).checkAssert((high, low) -> {
            var seat = new UUID(high, low);
            var pin = pins.pin(seat, 0);
            assertTrue(pin, pin.matches("[1-9][0-9]{8}"));
            assertEquals(pin, pins.pin(seat, 0));
            assertNotEquals(pin, pins.pin(seat, 1));
        });
    }

    @Test
    public void pinInUseMakesTheSeatTakeItsNext() {
        var seat = UUID.randomUUID();
        var taken = new HashSet<>(List.of(pins.hash(MAIN, pins.pin(seat, 0)), pins.hash(MAIN, pins.pin(seat, 1))));
        var opened = pins.open(MAIN, seat, taken::contains);
        assertEquals(2, opened.pinTry());
        assertEquals(pins.hash(MAIN, pins.pin(seat, 2)), opened.pinHash());
        assertThrows(IllegalStateException.class, () -> pins.open(MAIN, seat, any -> true));
    }

    @Test
    public void hashDependsOnTheSiteAndNotOnHowThePinIsTyped() {
        assertEquals(pins.hash(MAIN, "482913507"), pins.hash(MAIN, " 482 913-507\u00a0"));
        assertNotEquals(pins.hash(MAIN, "482913507"), pins.hash(ACME, "482913507"));
        assertNotEquals(pins.hash(MAIN, "482913507"), pins.hash(MAIN, "482913508"));
    }

    @Test
    public void numbersHaveSixDigitsAndSevenWhereThoseAreScarce() {
        var numbers = new Numbers();
        for (int i = 0; i < 1000; i++) {
            var number = numbers.free(n -> false);
            assertTrue(number, number.matches("[1-9]\\d{5}"));
        }
        assertTrue(numbers.free(n -> n.length() == 6).matches("[1-9]\\d{6}"));
        assertThrows(IllegalStateException.class, () -> numbers.free(n -> true));
    }

    @Test
    public void defaultSiteIsLeftOutOfTheUrl() {
        var here = URI.create("http://127.0.0.1:8181");
        assertEquals("http://127.0.0.1:8181/j/", ClientUrls.before(here, MAIN, MAIN));
        assertEquals("http://127.0.0.1:8181/j/acme/", ClientUrls.before(here, ACME, MAIN));
    }

    @Test
    public void linkTextIsThereInFourLanguages() {
        var links = new Links();
        var url = URI.create("http://127.0.0.1:8181/j/482913507");
        var texts = new HashSet<String>();
        for (var language : List.of("en", "fr", "it", "nl")) {
            var text = links.text(Locale.forLanguageTag(language), url);
            assertTrue(text, text.endsWith(" " + url));
            assertFalse(text, text.contains("{"));
            texts.add(text);
        }
        assertEquals(4, texts.size());
        assertEquals(links.text(Locale.ENGLISH, url), links.text(Locale.GERMAN, url));
    }

    @Test
    public void idsAreReadStrictly() {
        assertTrue(Uuids.parse("01936c2e-7a10-7cc3-9f60-2a3c5d1e8b01").isPresent());
        assertTrue(Uuids.parse("1-1-1-1-1").isEmpty());
        assertTrue(Uuids.parse("").isEmpty());
    }
}

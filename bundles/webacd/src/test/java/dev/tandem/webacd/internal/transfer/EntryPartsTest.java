package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.Test;

import dev.tandem.journal.testing.TestClock;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.internal.config.QueueConfig.FormField;

public class EntryPartsTest {
    private static final List<FormField> FORM = List.of(
            field("product", FormField.Type.CHOICE, true, "Printer", "Scanner"),
            field("pages", FormField.Type.NUMBER, false),
            field("mail", FormField.Type.EMAIL, false),
            field("words", FormField.Type.TEXT, false));

    private static FormField field(String key, FormField.Type type, boolean required, String... options) {
        return new FormField(key, Map.of("en", key), type, List.of(options), required, 10, false);
    }

    private static String wrong(Map<String, String> answers) {
        return assertThrows(ProblemException.class, () -> EntryForm.checked(FORM, answers))
                .problem()
                .field()
                .orElseThrow();
    }

    @Test
    public void WX1_theFormIsJudgedFieldByField() {
        assertEquals(
                Map.of("product", "Printer", "pages", "3", "mail", "a@b.ch"),
                EntryForm.checked(FORM, Map.of("product", " Printer", "pages", "3", "mail", "a@b.ch", "words", " ")));
        assertEquals("answers.product", wrong(Map.of()));
        assertEquals("answers.product", wrong(Map.of("product", "Car")));
        assertEquals("answers.pages", wrong(Map.of("product", "Scanner", "pages", "many")));
        assertEquals("answers.mail", wrong(Map.of("product", "Scanner", "mail", "a@b")));
        assertEquals("answers.words", wrong(Map.of("product", "Scanner", "words", "\uD83D\uDE00".repeat(11))));
        assertEquals("answers", wrong(Map.of("product", "Scanner", "other", "x")));
        EntryForm.checked(FORM, Map.of("product", "Scanner", "words", "\uD83D\uDE00".repeat(10)));
    }

    @Test
    public void anAddressComesInOnlySoOften() {
        var clock = new TestClock();
        var pace = new EntryPace(() -> 10, clock);
        for (int i = 0; i < 10; i++) {
            pace.enter("a", new UUID(0, i));
            clock.advance(Duration.ofSeconds(1));
        }
        var problem = assertThrows(ProblemException.class, () -> pace.enter("a", UUID.randomUUID()))
                .problem();
        assertEquals(429, problem.status());
        assertEquals(Optional.of(591L), problem.retryAfterSeconds());
        pace.enter("a", new UUID(0, 3)); // its answer was lost: it is no further one
        pace.enter("b", UUID.randomUUID());
        clock.advance(Duration.ofSeconds(591));
        pace.enter("a", UUID.randomUUID());
    }

    @Test
    public void howOftenIsTheNodesSettingAndHoldsAtOnce() {
        var most = new AtomicInteger(1);
        var pace = new EntryPace(most::get, new TestClock());
        pace.enter("a", UUID.randomUUID());
        assertThrows(ProblemException.class, () -> pace.enter("a", UUID.randomUUID()));
        most.set(2);
        pace.enter("a", UUID.randomUUID());
        assertThrows(ProblemException.class, () -> pace.enter("a", UUID.randomUUID()));
    }

    @Test
    public void aNetworkOfIPv6IsOneAddressAndOldAddressesAreForgotten() {
        var pace = new EntryPace(() -> 1, new TestClock());
        pace.enter("2001:db8:0:1:0:0:0:1", UUID.randomUUID());
        assertThrows(ProblemException.class, () -> pace.enter("2001:db8:0:1:ffff:0:0:2", UUID.randomUUID()));
        pace.enter("2001:db8:0:2:0:0:0:1", UUID.randomUUID());
        for (int i = 0; i < EntryPace.MOST_ADDRESSES; i++) {
            pace.enter("host-" + i, UUID.randomUUID());
        }
        pace.enter("2001:db8:0:1:0:0:0:1", UUID.randomUUID());
    }

    @Test
    public void theWaitIsToldInMinutesAndInFourLanguages() {
        assertEquals(
                "Your place in the queue: 1. Estimated wait: less than a minute.",
                Wording.wait("en", Optional.of(1), Optional.of(0L)));
        assertEquals("Attente estimée : environ 1 minute.", Wording.wait("fr-CH", Optional.empty(), Optional.of(60L)));
        assertEquals("Il tuo posto nella coda: 4.", Wording.wait("it", Optional.of(4), Optional.empty()));
        assertEquals(
                "Geschatte wachttijd: ongeveer 3 minuten.",
                Wording.wait("nl", Optional.empty(), Optional.of(Wording.minutes(Duration.ofSeconds(121)) * 60)));
        assertEquals("", Wording.wait("", Optional.empty(), Optional.empty()));
    }
}

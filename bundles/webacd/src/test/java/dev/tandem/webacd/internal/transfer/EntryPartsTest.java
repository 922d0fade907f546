package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        var pace = new EntryPace(clock);
        for (int i = 0; i < EntryPace.MOST; i++) {
            pace.enter("a");
            clock.advance(Duration.ofSeconds(1));
        }
        var problem =
                assertThrows(ProblemException.class, () -> pace.enter("a")).problem();
        assertEquals(429, problem.status());
        assertEquals(Optional.of(591L), problem.retryAfterSeconds());
        pace.enter("b");
        clock.advance(Duration.ofSeconds(591));
        pace.enter("a");
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

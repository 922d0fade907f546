package dev.tandem.session.internal.invite;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import org.junit.Test;

import dev.tandem.outbox.Mail;
import dev.tandem.session.internal.invite.Texts.Whom;

public class TextsTest {
    private static final URI LINK = URI.create("https://help.example.org/i/AAAAAAAAAAAAAAAAAAAAAA");

    private final Texts texts = new Texts();

    @Test
    public void everyLanguageHasWordsOfItsOwnForBoth() {
        for (var whom : Whom.values()) {
            for (var language : Texts.LANGUAGES) {
                var words = texts.of(whom, language, "Anna Bell", LINK);
                assertTrue(words.html(), words.html().contains("<html lang=\"" + language + "\">"));
                assertTrue(words.text(), words.text().contains("\n\n" + LINK + "\n\n"));
                assertTrue(words.subject(), words.subject().contains("Anna Bell"));
                assertFalse(
                        words.toString(),
                        words.toString().contains("{") || words.toString().contains("null"));
                if (!language.equals("en")) {
                    var english = texts.of(whom, "en", "Anna Bell", LINK);
                    assertNotEquals(english.subject(), words.subject());
                    assertNotEquals(english.text(), words.text());
                }
            }
        }
        assertEquals(texts.of(Whom.AGENT, "en", "", LINK), texts.of(Whom.AGENT, "xx", " ", LINK));
    }

    @Test
    public void aNameIsTextWhateverItLooksLike() {
        var words = texts.of(Whom.CUSTOMER, "en", "<img src=x onerror=alert(1)> \"&' \r\nBcc: all@example.com", LINK);
        assertFalse(words.html(), words.html().contains("<img"));
        assertTrue(words.html(), words.html().contains("&lt;img src=x onerror=alert(1)&gt; &quot;&amp;&#39;"));
        assertFalse(
                words.subject(),
                words.subject().contains("\n") || words.subject().contains("\r"));
        new Mail("zoe@example.com", Locale.ENGLISH, words.subject(), words.text(), words.html(), "x", Optional.empty());
        var endless = texts.of(Whom.CUSTOMER, "nl", "😀".repeat(400), LINK);
        new Mail(
                "z@example.com",
                Locale.ENGLISH,
                endless.subject(),
                endless.text(),
                endless.html(),
                "x",
                Optional.empty());
    }

    @Test
    public void aDraftSaysTheSame() {
        var words = texts.of(Whom.CUSTOMER, "fr", "Zoë & Söhne", LINK);
        var draft = Mailto.draft("o'neil&cc=all@xn--mller-kva.example", words);
        assertTrue(draft, draft.startsWith("mailto:o%27neil%26cc%3Dall@xn--mller-kva.example?subject="));
        var fields = draft.substring(draft.indexOf('?') + 1).split("&");
        assertEquals(2, fields.length);
        assertEquals(words.subject(), decoded(fields[0], "subject="));
        assertEquals(words.text().replace("\n", "\r\n"), decoded(fields[1], "body="));
        assertTrue("mail programs cut off what is longer", draft.length() < 2000);
        assertTrue(draft, draft.chars().allMatch(c -> c > 32 && c < 127));
    }

    private static String decoded(String field, String name) {
        assertTrue(field, field.startsWith(name));
        return URLDecoder.decode(field.substring(name.length()), StandardCharsets.UTF_8);
    }
}

package dev.tandem.outbox;

import java.util.Locale;
import java.util.Optional;

/**
 * A mail to one person, with the same words as plain text and as HTML.
 *
 * @param to the one address, which {@link MailAddress#fault} finds no fault with
 * @param language of the words
 * @param subject 1 to {@value #LONGEST_SUBJECT} characters, without control characters, so that nobody adds a header by it
 * @param text plain text, for those who read no HTML; at most {@value #LONGEST_TEXT} characters
 * @param html a whole HTML document that says the same; what comes from people is escaped by who makes it
 * @param person under which subject the address and the words are erased: {@code customer:ID}, see
 *     {@link dev.tandem.journal.Journal#erase}
 * @param about the caller's own mark, told with each event: {@code invitation/ID}; at most {@value #LONGEST_ABOUT} characters
 */
public record Mail(
        String to, Locale language, String subject, String text, String html, String person, Optional<String> about) {
    /** Most characters of a subject. */
    public static final int LONGEST_SUBJECT = 200;

    /** Most characters of each form of the words. */
    public static final int LONGEST_TEXT = 100_000;

    /** Most characters of the caller's mark. */
    public static final int LONGEST_ABOUT = 200;

    /** @throws IllegalArgumentException if a part is not as said above; the address is judged when it is sent */
    public Mail {
        if (subject.isBlank()
                || subject.length() > LONGEST_SUBJECT
                || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A subject has 1 to " + LONGEST_SUBJECT + " characters and no control characters");
        }
        if (text.isBlank() || text.length() > LONGEST_TEXT || html.isBlank() || html.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("Text and HTML have 1 to " + LONGEST_TEXT + " characters each");
        }
        if (about.filter(mark -> mark.length() > LONGEST_ABOUT).isPresent()) {
            throw new IllegalArgumentException("The mark has at most " + LONGEST_ABOUT + " characters");
        }
    }

    /** Without the words and the address, which stand in no log. */
    @Override
    public String toString() {
        return "Mail[" + language + about.map(mark -> ", " + mark).orElse("") + "]";
    }
}

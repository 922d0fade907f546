package dev.tandem.session.internal.invite;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words of invitations in four languages. What comes from people is put in as text, whatever it looks like. */
public final class Texts {
    /** In which languages there are words, by their tags. */
    public static final List<String> LANGUAGES = List.of("en", "fr", "it", "nl");

    private final Map<String, Properties> all =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Texts::read));

    /** Who is invited. */
    public enum Whom {
        CUSTOMER,
        AGENT
    }

    /**
     * The words for one invitation.
     *
     * @param language one of {@link #LANGUAGES}, else English
     * @param agent who invites; may be empty
     */
    public Words of(Whom whom, String language, String agent, URI link) {
        var words = all.getOrDefault(language, all.get("en"));
        var who = agent.isBlank() ? words.getProperty("somebody") : oneLine(agent);
        var key = whom.name().toLowerCase(Locale.ROOT) + ".";
        var greeting = words.getProperty("greeting");
        var ask = words.getProperty(key + "ask").replace("{name}", who);
        var open = words.getProperty(key + "open");
        var safety = words.getProperty(key + "safety");
        var subject = words.getProperty(key + "subject").replace("{name}", who);
        var text = String.join("\n\n", greeting, ask, open, link.toString(), safety) + "\n";
        return new Words(
                shortened(subject), text, html(language(language), subject, greeting, ask, open, safety, link, words));
    }

    private static String language(String wanted) {
        return LANGUAGES.contains(wanted) ? wanted : "en";
    }

    private static String html(
            String language,
            String subject,
            String greeting,
            String ask,
            String open,
            String safety,
            URI link,
            Properties words) {
        var url = escaped(link.toString());
        // The link is there to be read as well as to be pressed: people look where it leads.
        return "<!doctype html>\n<html lang=\"" + language + "\"><head><meta charset=\"utf-8\"><title>"
                + escaped(subject)
                + "</title></head>\n<body>\n<p>" + escaped(greeting) + "</p>\n<p>" + escaped(ask) + "</p>\n<p>"
                + escaped(open) + "</p>\n<p><a href=\"" + url + "\">" + escaped(words.getProperty("button"))
                + "</a></p>\n<p>" + url + "</p>\n<p>" + escaped(safety) + "</p>\n</body></html>\n";
    }

    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** A name that stands in a subject must not begin another header. */
    private static String oneLine(String name) {
        return name.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static String shortened(String subject) {
        int most = dev.tandem.outbox.Mail.LONGEST_SUBJECT / 2;
        return subject.codePointCount(0, subject.length()) <= most
                ? subject
                : subject.substring(0, subject.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static Properties read(String language) {
        try (var in = Texts.class.getResourceAsStream("/messages/invitation-" + language + ".properties");
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            var words = new Properties();
            words.load(reader);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

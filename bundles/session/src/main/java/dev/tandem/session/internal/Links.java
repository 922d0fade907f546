package dev.tandem.session.internal;

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

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The words that the server itself says in a session, in four languages: the text with the client URL for a chat. */
@Component(service = Links.class)
public final class Links {
    static final List<String> LANGUAGES = List.of("en", "fr", "it", "nl");

    private final Map<String, Properties> texts =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Links::read));

    @Activate
    public Links() {}

    String text(Locale language, URI url) {
        return in(language, "link").replace("{url}", url.toString());
    }

    /** What an outside viewer is called whom nobody has given a name. */
    String viewer(Locale language) {
        return in(language, "viewer");
    }

    private String in(Locale language, String key) {
        return texts.getOrDefault(language.getLanguage(), texts.get("en")).getProperty(key);
    }

    private static Properties read(String language) {
        try (var in = Links.class.getResourceAsStream("/messages/" + language + ".properties");
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            var messages = new Properties();
            messages.load(reader);
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

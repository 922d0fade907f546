package dev.tandem.web.internal;

import java.util.List;
import java.util.Locale;

/** The languages we speak and which of them somebody wants. */
public final class Languages {
    public static final List<String> TAGS = List.of("en", "fr", "it", "nl");
    private static final List<Locale> LOCALES =
            TAGS.stream().map(Locale::forLanguageTag).toList();
    private static final int LONGEST_HEADER = 500;

    private Languages() {}

    /** @param acceptLanguage the header, perhaps null or nonsense: then English */
    public static Locale best(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > LONGEST_HEADER) {
            return Locale.ENGLISH;
        }
        try {
            var wanted = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LOCALES);
            return wanted == null ? Locale.ENGLISH : wanted;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}

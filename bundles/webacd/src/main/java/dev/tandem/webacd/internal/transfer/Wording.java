package dev.tandem.webacd.internal.transfer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What customers read of their wait in the chat, where texts stand as they are. */
final class Wording {
    private static final String ENGLISH = "en";

    private static final Map<String, String> FALLBACK = Map.of(
            ENGLISH,
            "No one who was asked could take over. You are now waiting in the queue “%s”.",
            "fr",
            "Aucune des personnes sollicitées n’a pu prendre le relais. Vous attendez maintenant dans la file « %s ».",
            "it",
            "Nessuna delle persone interpellate ha potuto subentrare. Ora sei in attesa nella coda «%s».",
            "nl",
            "Niemand die gevraagd werd, kon het overnemen. U wacht nu in de wachtrij ‘%s’.");
    private static final Map<String, String> AGAIN = Map.of(
            ENGLISH,
            "No one who was asked could take over yet. They will be asked again; please stay on this page.",
            "fr",
            "Aucune des personnes sollicitées n’a encore pu prendre le relais. Elles le seront de nouveau ; veuillez rester"
                    + " sur cette page.",
            "it",
            "Nessuna delle persone interpellate ha ancora potuto subentrare. Lo si chiederà loro di nuovo; resta su"
                    + " questa pagina.",
            "nl",
            "Niemand die gevraagd werd, kon het al overnemen. Het wordt hun opnieuw gevraagd; blijf op deze pagina.");
    private static final Map<String, String> PLACE = Map.of(
            ENGLISH,
            "Your place in the queue: %d.",
            "fr",
            "Votre place dans la file : %d.",
            "it",
            "Il tuo posto nella coda: %d.",
            "nl",
            "Uw plaats in de wachtrij: %d.");
    private static final Map<String, String> SOON = Map.of(
            ENGLISH,
            "Estimated wait: less than a minute.",
            "fr",
            "Attente estimée : moins d’une minute.",
            "it",
            "Attesa stimata: meno di un minuto.",
            "nl",
            "Geschatte wachttijd: minder dan een minuut.");
    private static final Map<String, String> ONE = Map.of(
            ENGLISH,
            "Estimated wait: about 1 minute.",
            "fr",
            "Attente estimée : environ 1 minute.",
            "it",
            "Attesa stimata: circa 1 minuto.",
            "nl",
            "Geschatte wachttijd: ongeveer 1 minuut.");
    private static final Map<String, String> MINUTES = Map.of(
            ENGLISH,
            "Estimated wait: about %d minutes.",
            "fr",
            "Attente estimée : environ %d minutes.",
            "it",
            "Attesa stimata: circa %d minuti.",
            "nl",
            "Geschatte wachttijd: ongeveer %d minuten.");

    private Wording() {}

    static String fallback(String language, String queue) {
        return in(FALLBACK, language).formatted(queue);
    }

    static String again(String language) {
        return in(AGAIN, language);
    }

    /** @param seconds the estimate; told in minutes, since it is no more exact than that */
    static String wait(String language, Optional<Integer> place, Optional<Long> seconds) {
        var where = place.map(number -> in(PLACE, language).formatted(number));
        var how = seconds.map(estimate -> estimate(language, minutes(Duration.ofSeconds(estimate))));
        return where.map(text -> how.map(more -> text + " " + more).orElse(text))
                .or(() -> how)
                .orElse("");
    }

    private static String estimate(String language, long minutes) {
        if (minutes == 0) {
            return in(SOON, language);
        }
        return minutes == 1 ? in(ONE, language) : in(MINUTES, language).formatted(minutes);
    }

    /** Rounded up from a minute on, since who waits shorter than told does not mind. */
    static long minutes(Duration estimate) {
        long seconds = estimate.toSeconds();
        return seconds < 60 ? 0 : (seconds + 59) / 60;
    }

    private static String in(Map<String, String> texts, String language) {
        var base = language.length() < 2 ? ENGLISH : language.substring(0, 2);
        return texts.getOrDefault(base, texts.get(ENGLISH));
    }
}

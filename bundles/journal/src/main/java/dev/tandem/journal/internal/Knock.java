package dev.tandem.journal.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.platform.SiteId;

/** What one node passes to the others on the doorbell, as a text of less than 8000 bytes. */
sealed interface Knock {
    /** Sites have come that far; with none, any may have. */
    record Appended(Map<SiteId, Long> ends) implements Knock {}

    /** Something that is no event. */
    record Announced(SiteId site, String what) implements Knock {}

    /** More has been announced than could be passed on. */
    record Missed() implements Knock {}

    /** Who knocks, and why. */
    record Heard(UUID node, Knock knock) {}

    /** A site with its position takes at most 61 bytes. */
    int MOST_SITES = 100;

    /** The text, as a node sends it. */
    default String text(UUID node) {
        var text = new StringBuilder(node.toString());
        if (this instanceof Appended appended) {
            text.append(" appended");
            if (appended.ends().size() <= MOST_SITES) {
                appended.ends()
                        .forEach((site, end) ->
                                text.append(' ').append(site).append(' ').append(end));
            }
        } else if (this instanceof Announced announced) {
            text.append(" announced ").append(announced.site()).append(' ').append(announced.what());
        } else {
            text.append(" missed");
        }
        return text.toString();
    }

    /** What a text means; nothing if a newer node has other words. */
    static Optional<Heard> read(String text) {
        try {
            var words = List.of(text.split(" ", 4));
            return knock(words, text).map(knock -> new Heard(UUID.fromString(words.get(0)), knock));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Knock> knock(List<String> words, String text) {
        return switch (words.get(1)) {
            case "appended" -> Optional.of(new Appended(ends(List.of(text.split(" ")))));
            case "announced" -> Optional.of(new Announced(new SiteId(words.get(2)), words.get(3)));
            case "missed" -> Optional.of(new Missed());
            default -> Optional.empty();
        };
    }

    private static Map<SiteId, Long> ends(List<String> words) {
        var ends = new HashMap<SiteId, Long>();
        for (int i = 2; i + 1 < words.size(); i += 2) {
            ends.put(new SiteId(words.get(i)), Long.valueOf(words.get(i + 1)));
        }
        return ends;
    }
}

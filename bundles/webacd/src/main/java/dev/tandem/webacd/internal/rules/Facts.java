package dev.tandem.webacd.internal.rules;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of a work item when it is routed.
 *
 * @param company empty text if it is not known
 * @param language as a tag: {@code fr-CH}
 * @param os the customer's system, or an empty text
 * @param source the kind of its source: {@code transfer}
 * @param entry the slug of the queue by whose entry, or for which, it came
 * @param form answers by key
 * @param attributes by key
 * @param at now, in the zone that holds
 * @param open whether a queue, by its slug, is open now
 */
public record Facts(
        String company,
        String language,
        String os,
        String source,
        Optional<String> entry,
        Map<String, String> form,
        Map<String, String> attributes,
        LocalDateTime at,
        Predicate<String> open) {
    public Facts {
        form = Map.copyOf(form);
        attributes = Map.copyOf(attributes);
    }

    /** What is known, as text; empty if nothing is. Times are not asked for here. */
    String text(Field field) {
        return switch (field.space()) {
            case FORM -> form.getOrDefault(field.name(), "");
            case ATTRIBUTE -> attributes.getOrDefault(field.name(), "");
            case WORD -> switch (field.name()) {
                case "company" -> company;
                case "language" -> language;
                case "os" -> os;
                case "source" -> source;
                case "entry" -> entry.orElse("");
                case "time" -> at.toLocalTime().withSecond(0).withNano(0).toString();
                case "day" -> at.getDayOfWeek().name().toLowerCase(Locale.ROOT);
                default -> at.toLocalDate().toString();
            };
        };
    }
}

package dev.tandem.webacd.internal.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What rules may speak of in a site.
 *
 * @param queues slugs
 * @param skills names
 * @param form what the entry forms ask, by key
 */
public record Vocabulary(Set<String> queues, Set<String> skills, Map<String, Answer> form) {
    /** How an answer is given. */
    public enum Kind {
        TEXT,
        NUMBER,
        CHOICE
    }

    /**
     * An answer of a form.
     *
     * @param options of a choice
     */
    public record Answer(Kind kind, List<String> options) {
        public Answer {
            options = List.copyOf(options);
        }
    }

    public Vocabulary {
        queues = Set.copyOf(queues);
        skills = Set.copyOf(skills);
        form = Map.copyOf(form);
    }
}

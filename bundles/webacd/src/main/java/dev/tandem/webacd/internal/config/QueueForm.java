package dev.tandem.webacd.internal.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.tandem.webacd.internal.config.QueueConfig.FormField;

/**
 * A queue as it is said and shown: other queues by their slugs, and what is left out as new queues have it. See
 * {@link QueueConfig} for what each means.
 */
public record QueueForm(
        String slug,
        String name,
        Optional<String> description,
        Optional<String> strategy,
        Optional<Integer> priorityStepSeconds,
        Optional<Integer> offerSeconds,
        Optional<Integer> wrapUpSeconds,
        Optional<Integer> largestLength,
        Optional<Integer> largestWaitSeconds,
        Optional<Overflow> overflow,
        Optional<QueueConfig.Hours> hours,
        Optional<QueueConfig.Skills> skills,
        Optional<Integer> preferredSeconds,
        Optional<Boolean> pick,
        Optional<Entry> entry,
        Optional<QueueConfig.Start> start,
        Optional<Boolean> showPosition,
        Optional<Boolean> showWait,
        Optional<List<QueueConfig.Member>> members) {

    private static final int LONGEST_ANSWER = 200;

    public QueueForm {
        members = members.map(List::copyOf);
    }

    /** @param queue its slug */
    public record Overflow(String queue, int afterSeconds) {}

    /** See {@link QueueConfig.Entry}. */
    public record Entry(
            boolean enabled,
            Optional<List<Field>> fields,
            Optional<Map<String, String>> openText,
            Optional<Map<String, String>> closedText,
            Optional<String> closedUrl) {
        public Entry {
            fields = fields.map(List::copyOf);
            openText = openText.map(Map::copyOf);
            closedText = closedText.map(Map::copyOf);
        }
    }

    /** See {@link QueueConfig.FormField}. */
    public record Field(
            String key,
            Map<String, String> label,
            FormField.Type type,
            Optional<List<String>> options,
            Optional<Boolean> required,
            Optional<Integer> max,
            Optional<Boolean> recognises) {
        public Field {
            label = Map.copyOf(label);
            options = options.map(List::copyOf);
        }
    }

    /** As it is stored. @param id of a queue by its slug */
    QueueConfig stored(Seeds seeds, Function<String, Optional<UUID>> id) {
        var over = overflow.map(to -> new QueueConfig.Overflow(
                id.apply(to.queue())
                        .orElseThrow(() -> RoutingFault.invalid(
                                "overflow.queue", "queue-unknown", "There is no queue '" + to.queue() + "'.")),
                to.afterSeconds()));
        return new QueueConfig(
                slug,
                name.strip(),
                description.orElse("").strip(),
                strategy.orElseGet(seeds::strategy),
                priorityStepSeconds.orElseGet(seeds::priorityStep),
                offerSeconds.orElseGet(seeds::offer),
                wrapUpSeconds.orElseGet(seeds::wrapUp),
                largestLength,
                largestWaitSeconds,
                over,
                hours.orElseGet(() -> always(seeds)),
                skills.orElseGet(() -> new QueueConfig.Skills(QueueConfig.Skills.Mode.ALL, List.of(), List.of())),
                preferredSeconds.orElse(0),
                pick.orElse(false),
                entry.map(QueueForm::stored)
                        .orElseGet(() -> new QueueConfig.Entry(false, List.of(), Map.of(), Map.of(), Optional.empty())),
                start.orElseGet(() -> new QueueConfig.Start(
                        QueueConfig.Start.Screen.NONE, Optional.empty(), false, true, true, true)),
                showPosition.orElse(true),
                showWait.orElse(true),
                members.orElse(List.of()));
    }

    private static QueueConfig.Hours always(Seeds seeds) {
        var allDay = List.of(new QueueConfig.Times("00:00", "24:00"));
        return new QueueConfig.Hours(seeds.zone().getId(), Collections.nCopies(7, allDay), List.of());
    }

    private static QueueConfig.Entry stored(Entry entry) {
        return new QueueConfig.Entry(
                entry.enabled(),
                entry.fields().orElse(List.of()).stream()
                        .map(field -> new FormField(
                                field.key(),
                                field.label(),
                                field.type(),
                                field.options().orElse(List.of()),
                                field.required().orElse(false),
                                field.max().orElse(LONGEST_ANSWER),
                                field.recognises().orElse(false)))
                        .toList(),
                entry.openText().orElse(Map.of()),
                entry.closedText().orElse(Map.of()),
                entry.closedUrl());
    }

    /** One of which nothing is said: it says what then holds. */
    static QueueForm fresh(Seeds seeds) {
        var silent = new QueueForm(
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return shown(silent.stored(seeds, slug -> Optional.empty()), id -> "");
    }

    /** As it is shown. @param slug of a queue by its id */
    static QueueForm shown(QueueConfig queue, Function<UUID, String> slug) {
        return new QueueForm(
                queue.slug(),
                queue.name(),
                Optional.of(queue.description()),
                Optional.of(queue.strategy()),
                Optional.of(queue.priorityStepSeconds()),
                Optional.of(queue.offerSeconds()),
                Optional.of(queue.wrapUpSeconds()),
                queue.largestLength(),
                queue.largestWaitSeconds(),
                queue.overflow().map(over -> new Overflow(slug.apply(over.queue()), over.afterSeconds())),
                Optional.of(queue.hours()),
                Optional.of(queue.skills()),
                Optional.of(queue.preferredSeconds()),
                Optional.of(queue.pick()),
                Optional.of(shown(queue.entry())),
                Optional.of(queue.start()),
                Optional.of(queue.showPosition()),
                Optional.of(queue.showWait()),
                Optional.of(queue.members()));
    }

    private static Entry shown(QueueConfig.Entry entry) {
        var fields = entry.fields().stream()
                .map(field -> new Field(
                        field.key(),
                        field.label(),
                        field.type(),
                        Optional.of(field.options()),
                        Optional.of(field.required()),
                        Optional.of(field.max()),
                        Optional.of(field.recognises())))
                .toList();
        return new Entry(
                entry.enabled(),
                Optional.of(fields),
                Optional.of(entry.openText()),
                Optional.of(entry.closedText()),
                entry.closedUrl());
    }

    static QueueConfig withMembers(QueueConfig queue, List<QueueConfig.Member> members) {
        return new QueueConfig(
                queue.slug(),
                queue.name(),
                queue.description(),
                queue.strategy(),
                queue.priorityStepSeconds(),
                queue.offerSeconds(),
                queue.wrapUpSeconds(),
                queue.largestLength(),
                queue.largestWaitSeconds(),
                queue.overflow(),
                queue.hours(),
                queue.skills(),
                queue.preferredSeconds(),
                queue.pick(),
                queue.entry(),
                queue.start(),
                queue.showPosition(),
                queue.showWait(),
                members);
    }
}

package dev.tandem.webacd.internal.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What an administrator has said of a queue, as it is stored. Fields are only added: what an old event lacks is null here,
 * and must get its value in a compact constructor.
 *
 * @param slug how links and rules name it
 * @param strategy the name of a {@link dev.tandem.webacd.RoutingStrategy}
 * @param priorityStepSeconds what a level of priority is worth in waiting time
 * @param offerSeconds how long an offer stands
 * @param wrapUpSeconds how long an agent may take afterwards
 * @param largestLength how many may wait; empty without a bound
 * @param largestWaitSeconds empty without a bound
 * @param preferredSeconds how long an item waits for the agent who has helped this customer last
 * @param pick whether agents may take what waits by themselves
 * @param showPosition whether customers see their place
 * @param showWait whether customers see how long it may take
 */
public record QueueConfig(
        String slug,
        String name,
        String description,
        String strategy,
        int priorityStepSeconds,
        int offerSeconds,
        int wrapUpSeconds,
        Optional<Integer> largestLength,
        Optional<Integer> largestWaitSeconds,
        Optional<Overflow> overflow,
        Hours hours,
        Skills skills,
        int preferredSeconds,
        boolean pick,
        Entry entry,
        Start start,
        boolean showPosition,
        boolean showWait,
        List<Member> members) {
    public QueueConfig {
        members = List.copyOf(members);
    }

    /** Where goes what has waited for so long. */
    public record Overflow(UUID queue, int afterSeconds) {}

    /**
     * When it is open.
     *
     * @param zone such as {@code Europe/Zurich}
     * @param week Monday to Sunday, each with its spans
     */
    public record Hours(String zone, List<List<Times>> week, List<Holiday> holidays) {
        public Hours {
            week = week.stream().map(List::copyOf).toList();
            holidays = List.copyOf(holidays);
        }
    }

    /** From a time such as 08:30 to another one; to 24:00 at the end of the day; over midnight if it is not later. */
    public record Times(String from, String to) {}

    /**
     * A date of its own.
     *
     * @param from with {@code to}: open then only; without both: closed
     */
    public record Holiday(String date, String name, Optional<String> from, Optional<String> to) {}

    /** What agents must be able to. */
    public record Skills(Mode mode, List<Level> required, List<Relax> relax) {
        public Skills {
            required = List.copyOf(required);
            relax = List.copyOf(relax);
        }

        /** ALL: whoever lacks one is not asked. BEST: those who have most of it come first. */
        public enum Mode {
            ALL,
            BEST
        }
    }

    /** A skill with its least level. */
    public record Level(String skill, int level) {}

    /**
     * What is asked for less strictly after a while.
     *
     * @param skill empty is every skill
     * @param level the new least level; empty is not at all
     */
    public record Relax(int afterSeconds, Optional<String> skill, Optional<Integer> level) {}

    /**
     * How customers come in by a link.
     *
     * @param openText what its button says while the queue is open, by language
     * @param closedText and while it is closed
     * @param closedUrl where the button leads while the queue is closed
     */
    public record Entry(
            boolean enabled,
            List<FormField> fields,
            Map<String, String> openText,
            Map<String, String> closedText,
            Optional<String> closedUrl) {
        public Entry {
            fields = List.copyOf(fields);
            openText = Map.copyOf(openText);
            closedText = Map.copyOf(closedText);
        }
    }

    /**
     * A question of the entry form.
     *
     * @param key how rules name it, behind {@code form.}
     * @param label by language
     * @param options of a choice
     * @param max most characters of the answer
     * @param recognises whether the same answer means the same customer, so that who has helped last is preferred
     */
    public record FormField(
            String key,
            Map<String, String> label,
            Type type,
            List<String> options,
            boolean required,
            int max,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean recognises) {
        public FormField {
            label = Map.copyOf(label);
            options = List.copyOf(options);
        }

        /** How it is answered. */
        public enum Type {
            TEXT,
            CHOICE,
            NUMBER,
            EMAIL
        }
    }

    /**
     * What a session of this queue begins with.
     *
     * @param url a page to open for the customer
     * @param voice whether a voice call begins
     */
    public record Start(
            Screen screen,
            Optional<String> url,
            boolean voice,
            boolean systemInformation,
            boolean scripts,
            boolean reboot) {
        /** What the customer is asked for. */
        public enum Screen {
            NONE,
            VIEW,
            CONTROL
        }
    }

    /**
     * Who works for it.
     *
     * @param rank which of the agent's queues it is; 1 is the first
     */
    public record Member(String agent, int rank) {}
}

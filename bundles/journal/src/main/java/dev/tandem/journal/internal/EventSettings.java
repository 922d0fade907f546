package dev.tandem.journal.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Journal;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Setting;
import dev.tandem.journal.SiteSettings;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;

/** Settings of sites as one stream per site. */
@Component(service = {SiteSettings.class, EventSettings.class})
public final class EventSettings implements SiteSettings {
    /** What another node has set is seen after this time at the latest. */
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private static final int CHUNK = 500;

    /** A setting was set or, without a value, put back. */
    record Set(String key, Optional<String> value) {}

    /** The kind of stream. */
    static final class Kind implements StreamKind<Map<String, String>, Set> {
        private static final EventTypes<Set> EVENTS = EventTypes.<Set>none().with("settings.set.v1", Set.class);

        private final Map<SiteId, Seen> seen;

        Kind(Map<SiteId, Seen> seen) {
            this.seen = seen;
        }

        @Override
        public String name() {
            return "settings";
        }

        @Override
        public EventTypes<Set> events() {
            return EVENTS;
        }

        @Override
        public Map<String, String> initial() {
            return Map.of();
        }

        @Override
        public Map<String, String> evolve(Map<String, String> state, Set event) {
            var next = new HashMap<>(state);
            event.value().ifPresentOrElse(value -> next.put(event.key(), value), () -> next.remove(event.key()));
            return Map.copyOf(next);
        }

        @Override
        public void committed(Recorded<Set> event, Map<String, String> after) {
            seen.remove(event.site());
        }
    }

    private record Seen(Map<String, String> values, long at) {}

    private final Map<SiteId, Seen> seen = new ConcurrentHashMap<>();
    private final List<Group> groups = new CopyOnWriteArrayList<>();
    private final Streams<Map<String, String>, Set> streams;

    @Activate
    public EventSettings(@Reference Journal journal) {
        this.streams = journal.open(new Kind(seen));
    }

    @Deactivate
    void close() {
        streams.close();
    }

    void addGroup(Group group) {
        groups.add(group);
    }

    void removeGroup(Group group) {
        groups.remove(group);
    }

    @Override
    public <T> Optional<T> get(SiteId site, Setting<T> setting) {
        // A value stored under a wider form than today's is as if it were not set.
        return Optional.ofNullable(values(site).get(setting.key())).flatMap(text -> parse(setting.form(), text));
    }

    @Override
    public Answer<None> set(SiteId site, String key, Optional<String> value, UUID command, String actor) {
        var answer = streams.execute(
                new Command<>(site, stream(site), command, actor, None.class),
                (state, now) -> decide(state, key, value));
        seen.remove(site);
        return answer;
    }

    private Decision<Set, None> decide(Map<String, String> state, String key, Optional<String> value) {
        var setting = settings().stream().filter(one -> one.key().equals(key)).findFirst();
        if (setting.isEmpty()) {
            return Decision.refuse(Refusal.Reason.INVALID, "setting-unknown", "There is no such setting.");
        }
        if (value.isPresent() && parse(setting.get().form(), value.get()).isEmpty()) {
            return Decision.refuse(
                    Refusal.Reason.INVALID,
                    "setting-value",
                    "The setting " + key + " does not take this value."
                            + fault(setting.get().form(), value.get()));
        }
        if (value.equals(Optional.ofNullable(state.get(key)))) {
            return Decision.nothing();
        }
        return Decision.accept(List.of(new Set(key, value)));
    }

    @Override
    public Map<Setting<?>, Optional<String>> all(SiteId site) {
        var values = values(site);
        var all = new LinkedHashMap<Setting<?>, Optional<String>>();
        for (var setting : settings()) {
            all.put(setting, Optional.ofNullable(values.get(setting.key())).filter(text -> parse(setting.form(), text)
                    .isPresent()));
        }
        return all;
    }

    @Override
    public Map<String, Change> changes(SiteId site) {
        var last = new HashMap<String, Change>();
        for (long after = 0; ; ) {
            var events = streams.read(site, stream(site), after, CHUNK);
            for (var recorded : events) {
                last.put(recorded.event().key(), new Change(recorded.at(), recorded.actor()));
                after = recorded.version();
            }
            if (events.size() < CHUNK) {
                return Map.copyOf(last);
            }
        }
    }

    private List<Setting<?>> settings() {
        return groups.stream()
                .<Setting<?>>flatMap(group -> group.settings().stream())
                .toList();
    }

    private Map<String, String> values(SiteId site) {
        var known = seen.get(site);
        if (known == null || System.nanoTime() - known.at() > FRESH) {
            known = new Seen(streams.load(site, stream(site)).state(), System.nanoTime());
            seen.put(site, known);
        }
        return known.values();
    }

    private static UUID stream(SiteId site) {
        return UUID.nameUUIDFromBytes(("settings/" + site).getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked") // The form determines T, which a sealed family cannot say without patterns.
    private static <T> Optional<T> parse(Setting.Form<T> form, String text) {
        Optional<?> value = Optional.empty();
        if (form instanceof Setting.Form.Flag) {
            value = Optional.of(text)
                    .filter(t -> t.equals("true") || t.equals("false"))
                    .map(Boolean::valueOf);
        } else if (form instanceof Setting.Form.Text free) {
            value = Optional.of(text)
                    .filter(t -> t.length() <= free.longest())
                    .filter(t -> free.fault().apply(t).isEmpty());
        } else if (form instanceof Setting.Form.Choice choice) {
            value = Optional.of(text).filter(choice.among()::contains);
        } else if (form instanceof Setting.Form.Whole whole) {
            value = number(text, whole.least(), whole.most());
        } else if (form instanceof Setting.Form.Seconds seconds) {
            value = number(text, seconds.least().toSeconds(), seconds.most().toSeconds())
                    .map(Duration::ofSeconds);
        }
        return (Optional<T>) value;
    }

    private static String fault(Setting.Form<?> form, String text) {
        return form instanceof Setting.Form.Text free && text.length() <= free.longest()
                ? free.fault().apply(text).map(fault -> " " + fault).orElse("")
                : "";
    }

    private static Optional<Long> number(String text, long least, long most) {
        try {
            return Optional.of(Long.parseLong(text)).filter(value -> value >= least && value <= most);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}

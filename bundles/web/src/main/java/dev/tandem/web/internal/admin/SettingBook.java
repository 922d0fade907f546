package dev.tandem.web.internal.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.journal.Answer;
import dev.tandem.journal.None;
import dev.tandem.journal.Setting;
import dev.tandem.journal.SiteSettings;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.internal.modules.Words;

/** The settings that can be set now, with the words of the slices that have them and who last touched them. */
@Component(service = SettingBook.class)
public final class SettingBook {
    private static final String AGENT = "agent:";

    /** Of which bundle, by the service's own properties, a group of settings is. */
    private static final String BUNDLE = Constants.SERVICE_BUNDLEID;

    private final SiteSettings settings;
    private final Words words;
    private final BundleContext context;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Map.Entry<Map<String, Object>, SiteSettings.Group>> groups = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<AgentDirectory> directories = List.of();

    /**
     * What people read, by language.
     *
     * @param help what it does
     * @param effect for whom and from when on; empty if the slice does not say
     * @param choices the words of a choice
     */
    public record Texts(
            Map<String, String> slice,
            Map<String, String> title,
            Map<String, String> help,
            Map<String, String> effect,
            Map<String, Map<String, String>> choices) {}

    /** @param name of the agent who did it, as far as the platform knows */
    public record Touched(SiteSettings.Change change, Optional<String> name) {}

    /** @param slice symbolic name of the bundle whose setting it is */
    public record Entry(
            Setting<?> setting,
            String slice,
            Texts texts,
            String seed,
            Optional<String> value,
            Optional<Touched> touched) {}

    @Activate
    public SettingBook(@Reference SiteSettings settings, @Reference Words words, BundleContext context) {
        this.settings = settings;
        this.words = words;
        this.context = context;
    }

    /** For tests: with these groups. */
    public SettingBook(
            SiteSettings settings,
            Words words,
            BundleContext context,
            List<Map.Entry<Map<String, Object>, SiteSettings.Group>> groups,
            List<AgentDirectory> directories) {
        this(settings, words, context);
        this.groups = groups;
        this.directories = directories;
    }

    /** The settings of a site, those of one slice together. */
    public List<Entry> all(SiteId site) {
        var set = settings.all(site);
        var changes = settings.changes(site);
        var list = new ArrayList<Entry>();
        groups.stream().sorted(Comparator.comparingLong(SettingBook::bundle)).forEach(group -> {
            var bundle = Optional.ofNullable(context.getBundle(bundle(group)));
            var seeds = group.getValue().seeds();
            for (var setting : group.getValue().settings()) {
                list.add(new Entry(
                        setting,
                        bundle.map(Bundle::getSymbolicName).orElse(""),
                        texts(bundle, setting),
                        seeds.getOrDefault(setting, ""),
                        set.getOrDefault(setting, Optional.empty()),
                        Optional.ofNullable(changes.get(setting.key()))
                                .map(change -> new Touched(change, name(site, change.actor())))));
            }
        });
        return list;
    }

    public Optional<Entry> find(SiteId site, String key) {
        return all(site).stream()
                .filter(entry -> entry.setting().key().equals(key))
                .findFirst();
    }

    /** Every key that can be set now. */
    public Stream<String> keys() {
        return groups.stream()
                .flatMap(group -> group.getValue().settings().stream())
                .map(Setting::key);
    }

    /** @see SiteSettings#set */
    public Answer<None> set(SiteId site, String key, Optional<String> value, UUID command, String actor) {
        return settings.set(site, key, value, command, actor);
    }

    private Texts texts(Optional<Bundle> bundle, Setting<?> setting) {
        var choices = new LinkedHashMap<String, Map<String, String>>();
        if (setting.form() instanceof Setting.Form.Choice choice) {
            choice.among().forEach(word -> choices.put(word, text(bundle, setting, "choice." + word, word)));
        }
        return new Texts(
                bundle.flatMap(of -> words.texts(of, "feature.title"))
                        .orElseGet(() ->
                                Words.same(bundle.map(Bundle::getSymbolicName).orElse(""))),
                text(bundle, setting, "title", setting.key()),
                text(bundle, setting, "help", setting.help()),
                text(bundle, setting, "effect", ""),
                choices);
    }

    private Map<String, String> text(Optional<Bundle> bundle, Setting<?> setting, String what, String otherwise) {
        return bundle.flatMap(of -> words.texts(of, "setting." + setting.key() + "." + what))
                .orElseGet(() -> Words.same(otherwise));
    }

    private Optional<String> name(SiteId site, String actor) {
        if (!actor.startsWith(AGENT)) {
            return Optional.empty();
        }
        try {
            var agent = new AgentId(actor.substring(AGENT.length()));
            return directories.stream()
                    .flatMap(directory -> directory.find(site, agent).stream())
                    .map(found -> found.name())
                    .findFirst();
        } catch (IllegalArgumentException noAgent) {
            return Optional.empty();
        }
    }

    private static long bundle(Map.Entry<Map<String, Object>, SiteSettings.Group> group) {
        return group.getKey().get(BUNDLE) instanceof Long id ? id : 0;
    }
}

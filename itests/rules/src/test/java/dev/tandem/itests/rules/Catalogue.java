package dev.tandem.itests.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The four message catalogues of one bundle and what its modules say of keys. */
final class Catalogue {
    static final List<String> LANGUAGES = List.of("en", "fr", "it", "nl");

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Pattern ASKED = Pattern.compile("\\bt\\(\\s*(['\"`])([A-Za-z][\\w.-]*)\\1");
    private static final Pattern FAMILY = Pattern.compile("[`']([A-Za-z][\\w.-]*\\.)(?:\\$\\{|'\\s*\\+)");
    private static final Pattern LITERAL = Pattern.compile("(['\"`])([A-Za-z][\\w-]*(?:\\.[\\w-]+)*)\\1");
    private static final Pattern SETTING = Pattern.compile(
            "Setting\\.(seconds|whole|flag|choice|text)\\(\\s*\"([^\"]+)\"(?:,\\s*List\\.of\\(([^)]*)\\))?");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern PLURAL = Pattern.compile("(.+)\\.(one|other)");

    private final Path folder;
    private final String name;
    private final Map<String, Map<String, String>> texts = new TreeMap<>();
    private final Set<String> same;
    private final String modules;

    Catalogue(Path bundle) {
        folder = bundle.resolve("src/main/resources/static");
        name = bundle.getFileName().toString();
        for (var language : LANGUAGES) {
            texts.put(language, load(folder.resolve("messages").resolve(language + ".json")));
        }
        same = names(folder.resolve("messages/same.json"));
        modules = modules(bundle);
    }

    static boolean isIn(Path bundle) {
        return Files.isDirectory(bundle.resolve("src/main/resources/static/messages"));
    }

    String name() {
        return name;
    }

    Map<String, String> in(String language) {
        return texts.get(language);
    }

    /** The keys whose text may be that of the English catalogue, since it is a name or the same word. */
    Set<String> same() {
        return same;
    }

    /**
     * Keys that modules or {@code tandem.json} ask for by name, and those that the Administration view shows: what the
     * bundle is called and is for, and for each setting that it declares what it is called, does, and whom it affects.
     */
    Set<String> asked() {
        var keys = new TreeSet<>(Set.of("feature.title", "feature.help"));
        keys.addAll(settings());
        var calls = ASKED.matcher(modules);
        while (calls.find()) {
            keys.add(calls.group(2));
        }
        var description = folder.resolve("tandem.json");
        if (Files.exists(description)) {
            for (var list : tree(description)) {
                if (list.isArray()) {
                    list.findValues("title").forEach(title -> keys.add(title.asText()));
                    list.findValues("capability").forEach(words -> {
                        keys.add(words.path("ask").asText());
                        keys.add(words.path("on").asText());
                    });
                }
            }
        }
        return keys;
    }

    private Set<String> settings() {
        var keys = new TreeSet<String>();
        var declared = SETTING.matcher(modules);
        while (declared.find()) {
            var setting = "setting." + declared.group(2) + ".";
            keys.addAll(List.of(setting + "title", setting + "help", setting + "effect"));
            if (declared.group(1).equals("choice") && declared.group(3) != null) {
                QUOTED.matcher(declared.group(3))
                        .results()
                        .forEach(word -> keys.add(setting + "choice." + word.group(1)));
            }
        }
        return keys;
    }

    /** Whether a key stands in the catalogue, itself or as a plural. */
    boolean has(String key) {
        var english = in("en");
        return english.containsKey(key) || (english.containsKey(key + ".one") && english.containsKey(key + ".other"));
    }

    /** The keys that nobody uses: no call, no list in a module, no family such as {@code t(`state.${state}`)}. */
    Set<String> unused() {
        var used = asked();
        var literals = LITERAL.matcher(modules);
        while (literals.find()) {
            used.add(literals.group(2));
        }
        var families = new ArrayList<String>();
        var prefixes = FAMILY.matcher(modules);
        while (prefixes.find()) {
            families.add(prefixes.group(1));
        }
        var unused = new TreeSet<String>();
        for (var key : in("en").keySet()) {
            var plural = PLURAL.matcher(key);
            boolean known = used.contains(key)
                    || (plural.matches() && used.contains(plural.group(1)))
                    || families.stream().anyMatch(key::startsWith);
            if (!known) {
                unused.add(key);
            }
        }
        return unused;
    }

    private static String modules(Path bundle) {
        var all = new StringBuilder();
        for (var place : List.of("src/main/resources/static", "src/main/java")) {
            for (var file : new House().sources(bundle.resolve(place), Catalogue::mayNameKeys)) {
                all.append(House.read(file)).append('\n');
            }
        }
        return all.toString();
    }

    private static boolean mayNameKeys(Path file) {
        var path = file.toString();
        return path.endsWith(".js") || path.endsWith(".java");
    }

    private static Map<String, String> load(Path file) {
        if (!Files.exists(file)) {
            throw new AssertionError(file + " is missing");
        }
        try {
            return new TreeMap<>(JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {}));
        } catch (IOException e) {
            throw new AssertionError(file + " is no flat catalogue: " + e.getMessage(), e);
        }
    }

    private static Set<String> names(Path file) {
        var names = new TreeSet<String>();
        if (Files.exists(file)) {
            tree(file).forEach(key -> names.add(key.asText()));
        }
        return names;
    }

    private static JsonNode tree(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}

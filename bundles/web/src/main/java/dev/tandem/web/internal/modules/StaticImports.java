package dev.tandem.web.internal.modules;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What the modules of one bundle import at their top. Read so that a page can ask for all of them at once; it is no parser of
 * JavaScript: a name too many costs a request, a name too few a little time.
 */
final class StaticImports {
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m:^\\s*//.*$)");

    /** {@code import x, {y as z} from 'name'}, {@code import 'name'}, {@code export * from 'name'}; not {@code import('name')}. */
    private static final Pattern IMPORT = Pattern.compile(
            "(?<![\\w$.])(?:import|export)\\b\\s*(?:[\\w$*{},\\s]*?\\bfrom\\b\\s*|[*{][\\w$*{},\\s]*?\\}?\\s*from\\s*)?([\"'])([^\"'\\s]+)\\1");

    private final StaticFiles files;
    private final Map<String, List<String>> known = new ConcurrentHashMap<>();

    StaticImports(StaticFiles files) {
        this.files = files;
    }

    /** The names as they stand in the file, in order; none for a file that is not there. */
    List<String> of(String file) {
        return known.computeIfAbsent(file, name -> files.bytes(name)
                .map(bytes -> in(new String(bytes, StandardCharsets.UTF_8)))
                .orElse(List.of()));
    }

    static List<String> in(String module) {
        var names = new LinkedHashSet<String>();
        var matcher = IMPORT.matcher(COMMENT.matcher(module).replaceAll(" "));
        while (matcher.find()) {
            names.add(matcher.group(2));
        }
        return List.copyOf(names);
    }

    /** The file that a relative name stands for; empty for a bare name, and for one that leads out of the bundle. */
    static Optional<String> relative(String from, String name) {
        if (!name.startsWith("./") && !name.startsWith("../")) {
            return Optional.empty();
        }
        var folder = from.substring(0, from.lastIndexOf('/') + 1);
        var resolved = java.net.URI.create(folder).resolve(name).getPath();
        return resolved.startsWith("../") ? Optional.empty() : Optional.of(resolved);
    }
}

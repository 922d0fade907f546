package dev.tandem.web.internal.modules;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that a module loads before it runs, over the borders of bundles.
 *
 * @param paths of the files, the module itself first
 * @param missing bare names that no bundle brings just now: the module cannot run
 */
record ImportGraph(List<String> paths, Set<String> missing) {
    private record File(Module module, String name) {
        String path() {
            return module.path(name);
        }
    }

    /** @param bare what bare names stand for, those of whole folders with a slash at their end */
    static ImportGraph of(Module module, String entry, Map<String, Target> bare) {
        var seen = new LinkedHashSet<String>();
        var missing = new LinkedHashSet<String>();
        var open = new ArrayDeque<File>(List.of(new File(module, entry)));
        while (!open.isEmpty()) {
            var file = open.remove();
            if (seen.add(file.path())) {
                for (var name : file.module().imports().of(file.name())) {
                    if (name.startsWith(".")) {
                        StaticImports.relative(file.name(), name)
                                .filter(file.module().files().names()::contains)
                                .ifPresent(one -> open.add(new File(file.module(), one)));
                    } else if (!name.contains(":") && !name.startsWith("/")) {
                        var target = target(name, bare);
                        target.ifPresent(one -> open.add(new File(one.module(), one.file())));
                        if (target.isEmpty()) {
                            missing.add(name);
                        }
                    }
                }
            }
        }
        return new ImportGraph(List.copyOf(seen), Set.copyOf(missing));
    }

    /** What a name of the import map stands for. */
    record Target(Module module, String file) {}

    /** As browsers read an import map: the very name, else the longest folder it begins with. */
    private static Optional<Target> target(String name, Map<String, Target> bare) {
        var exact = Optional.ofNullable(bare.get(name));
        return exact.or(() -> new TreeMap<>(bare)
                        .descendingMap().entrySet().stream()
                                .filter(entry -> entry.getKey().endsWith("/") && name.startsWith(entry.getKey()))
                                .map(entry -> new Target(
                                        entry.getValue().module(),
                                        entry.getValue().file()
                                                + name.substring(entry.getKey().length())))
                                .findFirst())
                .filter(found -> found.module().files().names().contains(found.file()));
    }
}

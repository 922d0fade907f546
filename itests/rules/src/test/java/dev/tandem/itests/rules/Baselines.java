package dev.tandem.itests.rules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;

/** Compares the public packages of two jars by bnd's rules (semantic versioning of packages). */
final class Baselines {
    private static final List<Delta> CHANGES = List.of(Delta.ADDED, Delta.REMOVED, Delta.MINOR, Delta.MAJOR);
    private static final int MOST = 6;

    private Baselines() {}

    /** One line for each package whose content changed more than its version says. */
    static List<String> faults(Path published, Path now) throws Exception {
        var faults = new ArrayList<String>();
        try (var processor = new Processor();
                var older = new Jar(published.toFile());
                var newer = new Jar(now.toFile())) {
            var gone = new ArrayList<>(exported(older));
            gone.removeAll(exported(newer));
            gone.forEach(name -> faults.add(name + " was published and is gone"));
            var baseline = new Baseline(processor, new DiffPluginImpl());
            for (var info : baseline.baseline(newer, older, new Instructions("dev.tandem.*"))) {
                if (info.mismatch && !gone.contains(info.packageName)) {
                    var changes = new ArrayList<String>();
                    collect(info.packageDiff, "", changes);
                    faults.add("%s is %s and was %s when published: its @Version must be at least %s. Changed: %s"
                            .formatted(
                                    info.packageName,
                                    info.newerVersion,
                                    info.olderVersion,
                                    info.suggestedVersion,
                                    changes.stream().limit(MOST).toList()));
                }
            }
        }
        return faults;
    }

    private static void collect(Diff diff, String path, List<String> changes) {
        if (diff.getDelta() == Delta.ADDED || diff.getDelta() == Delta.REMOVED) {
            changes.add(diff.getDelta() + " " + path + diff.getName());
        } else if (CHANGES.contains(diff.getDelta())) {
            diff.getChildren().forEach(child -> collect(child, path + diff.getName() + " ", changes));
        }
    }

    /** Whether anything of the bundle is public. */
    static boolean isPublic(Path bundle) throws IOException {
        try (var jar = new JarFile(bundle.toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Export-Package") != null;
        }
    }

    private static List<String> exported(Jar jar) throws Exception {
        return exported(jar.getManifest().getMainAttributes().getValue("Export-Package"));
    }

    private static List<String> exported(String header) {
        return java.util.Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(","))
                .map(clause -> clause.split(";")[0].trim())
                .toList();
    }
}

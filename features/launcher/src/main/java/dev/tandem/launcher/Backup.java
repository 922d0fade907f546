package dev.tandem.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * An archive of {@code tandem:backup}, unpacked and found to be what was written.
 *
 * @param beside the files of {@code etc/}, with that folder in their names
 */
record Backup(String release, String made, boolean hasDatabase, List<String> beside) {
    static final String DATABASE = "tandem.db";
    private static final String ABOUT = "BACKUP.txt";
    private static final String SUMS = "SHA256SUMS";
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  (.+)");
    /** Nothing that could leave the folder it is unpacked into. */
    private static final Pattern NAME =
            Pattern.compile("tandem\\.db|BACKUP\\.txt|etc/(?!\\.)[^/\\\\]+(/(?!\\.)[^/\\\\]+)*");

    static Backup unpack(Path archive, Path folder) throws Refused, IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            var sums = sums(zip, archive);
            var names = new TreeSet<String>();
            zip.stream().forEach(entry -> names.add(entry.getName()));
            names.remove(SUMS);
            if (!names.equals(sums.keySet())) {
                throw new Refused(
                        archive + " does not hold the files that its " + SUMS + " names. It is no whole backup.");
            }
            for (var one : sums.entrySet()) {
                unpack(zip, one.getKey(), one.getValue(), folder, archive);
            }
            var about = new Properties();
            try (var in = Files.newBufferedReader(folder.resolve(ABOUT))) {
                about.load(in);
            }
            if (!about.getProperty("format", "").equals("1")) {
                throw new Refused(archive + " was made by a newer release. Restore it with that one.");
            }
            return new Backup(
                    about.getProperty("release", "?"),
                    about.getProperty("made", "?"),
                    names.contains(DATABASE),
                    names.stream().filter(name -> name.startsWith("etc/")).toList());
        } catch (java.util.zip.ZipException e) {
            throw new Refused(archive + " is no backup, or not all of it: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> sums(ZipFile zip, Path archive) throws Refused, IOException {
        var entry = zip.getEntry(SUMS);
        if (entry == null || zip.getEntry(ABOUT) == null) {
            throw new Refused(archive + " is no backup of Tandem.");
        }
        var sums = new TreeMap<String, String>();
        try (var in = zip.getInputStream(entry)) {
            for (var line : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
                var form = SUM.matcher(line);
                if (!form.matches() || !NAME.matcher(form.group(2)).matches()) {
                    throw new Refused(archive + " names a file that no backup holds: " + line);
                }
                sums.put(form.group(2), form.group(1));
            }
        }
        return sums;
    }

    private static void unpack(ZipFile zip, String name, String sum, Path folder, Path archive)
            throws Refused, IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var digest = sha256();
        try (var in = zip.getInputStream(zip.getEntry(name));
                var out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            in.transferTo(out);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sum)) {
            throw new Refused(archive + " is damaged: " + name + " does not fit its SHA-256.");
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

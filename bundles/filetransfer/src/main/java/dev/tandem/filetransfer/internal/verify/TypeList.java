package dev.tandem.filetransfer.internal.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.tandem.filetransfer.internal.names.SafeName;

/**
 * The types of files that may pass. An empty list lets everything pass; <code>*&#47;*</code> everything that is what its name
 * says.
 */
public final class TypeList {
    /** The longest text of a list. */
    public static final int LONGEST = 4_000;

    private static final int SHOWN = 60;
    private static final Pattern ENTRY = Pattern.compile("[^,;\\s]+");
    private static final Pattern ENDING = Pattern.compile("(\\.[^./\\\\*?:\"<>|]+)+");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9*][a-z0-9!#$&^_.+-]*");
    private static final Map<String, String> ALIASES = Map.of(
            ".jpg", ".jpeg", ".tif", ".tiff", ".htm", ".html", ".jpeg", ".jpg", ".tiff", ".tif", ".html", ".htm");

    private final Types types;
    private final List<String> entries;

    private TypeList(Types types, List<String> entries) {
        this.types = types;
        this.entries = List.copyOf(entries);
    }

    static TypeList read(String text, Types types) {
        if (text.length() > LONGEST) {
            throw new BadTypeListException(
                    LONGEST + 1, shown(text.substring(LONGEST)), "a list has at most " + LONGEST + " characters.");
        }
        var entries = new ArrayList<String>();
        var each = ENTRY.matcher(text);
        while (each.find()) {
            entries.add(entry(each.start() + 1, each.group(), types));
        }
        return new TypeList(types, entries);
    }

    private static String entry(int at, String given, Types types) {
        var entry = given.toLowerCase(Locale.ROOT);
        if (ENDING.matcher(entry).matches() || entry.equals("*/*")) {
            return entry;
        }
        if (!TYPE.matcher(entry).matches()) {
            throw new BadTypeListException(
                    at,
                    shown(given),
                    "this is neither a media type (image/png), nor a kind (image/*), nor an ending (.png).");
        }
        if (entry.endsWith("/*")) {
            if (types.kind(entry.substring(0, entry.length() - 1))) {
                return entry;
            }
            throw new BadTypeListException(at, shown(given), "no media type of this kind is known.");
        }
        return types.usual(entry)
                .orElseThrow(() -> new BadTypeListException(at, shown(given), "no media type of this name is known."));
    }

    private static String shown(String given) {
        return given.length() > SHOWN ? given.substring(0, SHOWN) + "…" : given;
    }

    /** Whether everything may pass. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether a file may be sent by its name, before a byte is there. One that says nothing waits for its content. */
    public boolean admits(String name) {
        var named = types.byName(name);
        return isEmpty()
                || lists(name, named)
                || named.equals(Types.UNKNOWN) && entries.stream().anyMatch(this::isType);
    }

    /** Whether a file may pass: its name is in the list, and its content is what the name says. */
    public boolean admits(String name, Found found) {
        return isEmpty() || (found.asNamed() ? lists(name, found.type()) : unnamed(name, found));
    }

    /** A name that says nothing passes by what the content is. */
    private boolean unnamed(String name, Found found) {
        return types.byName(name).equals(Types.UNKNOWN)
                && entries.stream().anyMatch(entry -> covers(entry, found.type()));
    }

    private boolean lists(String name, String type) {
        var safe = SafeName.of(name).toLowerCase(Locale.ROOT);
        return entries.stream().anyMatch(entry -> isType(entry) ? covers(entry, type) : ends(safe, entry));
    }

    private static boolean ends(String name, String ending) {
        var alias = ALIASES.get(ending);
        return name.endsWith(ending) || alias != null && name.endsWith(alias);
    }

    private static boolean covers(String entry, String type) {
        return entry.equals(type)
                || entry.equals("*/*")
                || entry.endsWith("/*") && type.startsWith(entry.substring(0, entry.length() - 1));
    }

    private boolean isType(String entry) {
        return !entry.startsWith(".");
    }
}

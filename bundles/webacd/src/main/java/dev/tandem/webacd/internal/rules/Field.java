package dev.tandem.webacd.internal.rules;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a condition looks at: a word of the language, an answer of the entry form, or an attribute that came with the
 * work item.
 *
 * @param name the word, or the key behind {@code form.} or {@code attribute.}
 */
public record Field(Space space, String name) {
    static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9_]{0,39}");

    /** Where the value comes from. */
    public enum Space {
        WORD,
        FORM,
        ATTRIBUTE
    }

    /** What values it has. {@code ANY} is told by the value it is compared with. */
    public enum Type {
        TEXT,
        LANGUAGE,
        QUEUE,
        TIME,
        DAY,
        DATE,
        ANY
    }

    /** The words of the language. */
    enum Word {
        COMPANY(Type.TEXT),
        LANGUAGE(Type.LANGUAGE),
        OS(Type.TEXT),
        SOURCE(Type.TEXT),
        ENTRY(Type.QUEUE),
        TIME(Type.TIME),
        DAY(Type.DAY),
        DATE(Type.DATE);

        private final Type type;

        Word(Type type) {
            this.type = type;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Field of(Word word) {
        return new Field(Space.WORD, word.text());
    }

    /** A field as it is written, or empty if that is none. */
    static Optional<Field> parse(String written) {
        int dot = written.indexOf('.');
        if (dot > 0) {
            var key = written.substring(dot + 1);
            var space = written.substring(0, dot).equalsIgnoreCase("form")
                    ? Optional.of(Space.FORM)
                    : written.substring(0, dot).equalsIgnoreCase("attribute")
                            ? Optional.of(Space.ATTRIBUTE)
                            : Optional.<Space>empty();
            return space.filter(s -> KEY.matcher(key).matches()).map(s -> new Field(s, key));
        }
        return Stream.of(Word.values())
                .filter(word -> word.text().equalsIgnoreCase(written))
                .findFirst()
                .map(Field::of);
    }

    static List<String> words() {
        return Stream.of(Word.values()).map(Word::text).toList();
    }

    /** The fields that there are, with the answers of these keys. */
    public static List<String> all(Collection<String> keys) {
        return Stream.concat(words().stream(), keys.stream().sorted().map(key -> "form." + key))
                .toList();
    }

    /** What values it has. */
    public Type type() {
        return space == Space.WORD ? Word.valueOf(name.toUpperCase(Locale.ROOT)).type : Type.ANY;
    }

    @Override
    public String toString() {
        return space == Space.WORD ? name : space.name().toLowerCase(Locale.ROOT) + "." + name;
    }
}

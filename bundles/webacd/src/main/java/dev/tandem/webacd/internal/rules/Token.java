package dev.tandem.webacd.internal.rules;

/**
 * A piece of a text of rules.
 *
 * @param text as it is written; of a {@code TEXT} what it says, of a {@code COMMENT} the line without its mark
 */
record Token(Kind kind, String text, Place place) {
    enum Kind {
        /** A keyword, a field, a queue, a skill, a day. */
        WORD,
        TEXT,
        NUMBER,
        TIME,
        DATE,
        SIGN,
        COMMENT,
        END
    }

    boolean is(String word) {
        return kind == Kind.SIGN ? text.equals(word) : kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** What it is, for a message. */
    String shown() {
        return kind == Kind.END ? "the end of the text" : kind == Kind.TEXT ? Value.quoted(text) : "'" + text + "'";
    }
}

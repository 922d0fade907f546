package dev.tandem.journal.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Splits a file of SQL at the semicolons that end statements: not those in quotes, comments, dollar quotes (PostgreSQL)
 * or in the body of a trigger (SQLite).
 */
final class SqlScript {
    private static final Pattern TRIGGER =
            Pattern.compile("create\\s+(or\\s+replace\\s+)?(temp\\s+|temporary\\s+)?trigger\\b.*", Pattern.DOTALL);
    private static final Pattern DOLLAR = Pattern.compile("\\$[A-Za-z_]*\\$");

    private final String text;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private int at;
    private int depth;

    private SqlScript(String text) {
        this.text = text;
    }

    static List<String> statements(String text) {
        return new SqlScript(text).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                skipTo("\n", 0);
            } else if (text.startsWith("/*", at)) {
                skipTo("*/", 2);
            } else if (c == '\'' || c == '"') {
                take(text.indexOf(c, at + 1) + 1);
            } else if (c == '$'
                    && DOLLAR.matcher(text).region(at, text.length()).lookingAt()) {
                var tag = text.substring(at, text.indexOf('$', at + 1) + 1);
                var end = text.indexOf(tag, at + tag.length());
                take(end < 0 ? 0 : end + tag.length());
            } else if (Character.isLetter(c) || c == '_') {
                word();
            } else if (c == ';' && depth <= 0) {
                at++;
                finish();
            } else {
                take(at + 1);
            }
        }
        finish();
        return List.copyOf(statements);
    }

    private void word() {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        var word = text.substring(at, end).toLowerCase(Locale.ROOT);
        if (word.equals("end")) {
            depth--;
        } else if ((word.equals("begin") || word.equals("case"))
                && TRIGGER.matcher(current.toString().strip().toLowerCase(Locale.ROOT))
                        .matches()) {
            depth++;
        }
        take(end);
    }

    private void skipTo(String mark, int beyond) {
        var end = text.indexOf(mark, at);
        at = end < 0 ? text.length() : end + beyond;
        current.append(' ');
    }

    /** An end of 0 is a quote that is never closed: the rest. */
    private void take(int end) {
        var stop = end <= at ? text.length() : end;
        current.append(text, at, stop);
        at = stop;
    }

    private void finish() {
        var statement = current.toString().strip();
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
        current.setLength(0);
        depth = 0;
    }
}

package dev.tandem.webacd.internal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a text of rules into tokens. */
final class Lexer {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TIME = Pattern.compile("\\d\\d?:\\d\\d");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)?");
    private static final List<String> SIGNS = List.of("->", "!=", "<=", ">=", "=", "<", ">", "(", ")", ",", ":", ";");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String text) {
        this.text = text;
    }

    /** @throws RuleSyntax at the first thing that is no token */
    static List<Token> tokens(String text) {
        var lexer = new Lexer(text);
        while (lexer.next()) {}
        return lexer.tokens;
    }

    private boolean next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            if (text.charAt(at++) == '\n') {
                line++;
                lineStart = at;
            }
        }
        if (at >= text.length()) {
            tokens.add(new Token(Token.Kind.END, "", place(at)));
            return false;
        }
        char c = text.charAt(at);
        if (c == '#') {
            comment();
        } else if (c == '"') {
            quoted();
        } else if (chunk(at) > at) {
            word();
        } else {
            sign();
        }
        return true;
    }

    private void comment() {
        int start = at;
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        tokens.add(new Token(Token.Kind.COMMENT, text.substring(start + 1, at).strip(), place(start)));
    }

    private void quoted() {
        int start = at++;
        var said = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            if (text.charAt(at) == '\\') {
                at++;
                if (at >= text.length() || text.charAt(at) != '"' && text.charAt(at) != '\\') {
                    throw new RuleSyntax(place(at - 1), "rule-escape", "Behind \\ stands \" or \\.");
                }
            }
            said.append(text.charAt(at++));
        }
        if (at >= text.length() || text.charAt(at) == '\n') {
            throw new RuleSyntax(place(start), "rule-quotes", "This text has no closing quotation mark on its line.");
        }
        at++;
        if (said.chars().anyMatch(Character::isISOControl)) {
            throw new RuleSyntax(place(start), "rule-character", "A text has no control characters.");
        }
        tokens.add(new Token(Token.Kind.TEXT, said.toString(), place(start)));
    }

    private int chunk(int from) {
        int to = from;
        while (to < text.length() && inWord(text.charAt(to)) && !text.startsWith("->", to)) {
            to++;
        }
        // A minus sign alone is no word, nor does one begin with any other of these.
        return to > from && (letterOrDigit(text.charAt(from)) || text.charAt(from) == '-' && to > from + 1) ? to : from;
    }

    private void word() {
        int start = at;
        at = chunk(at);
        var word = text.substring(start, at);
        if (word.endsWith(":") && !TIME.matcher(word).matches()) {
            at--;
            word = word.substring(0, word.length() - 1);
        }
        var kind = DATE.matcher(word).matches()
                ? Token.Kind.DATE
                : TIME.matcher(word).matches()
                        ? Token.Kind.TIME
                        : NUMBER.matcher(word).matches() ? Token.Kind.NUMBER : Token.Kind.WORD;
        if (kind == Token.Kind.WORD && !WORD.matcher(word).matches()) {
            throw new RuleSyntax(place(start), "rule-word", "'" + word + "' is no word, number, time or date.");
        }
        tokens.add(new Token(kind, word, place(start)));
    }

    private void sign() {
        int start = at;
        for (var sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                tokens.add(new Token(Token.Kind.SIGN, sign, place(start)));
                return;
            }
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        var shown = Character.isISOControl(c) ? String.format("U+%04X", c) : Character.toString(c);
        throw new RuleSyntax(place(start), "rule-character", "'" + shown + "' has no meaning here.");
    }

    private static boolean letterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean inWord(char c) {
        return letterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
    }

    private Place place(int start) {
        return new Place(line, start - lineStart + 1, Math.max(1, at - start));
    }
}

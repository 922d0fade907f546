package dev.tandem.filetransfer.internal.verify;

import java.nio.ByteBuffer;

/**
 * Whether all of a file is text: UTF-8, UTF-16 with its mark, or a code page. Text has no NUL and none of the controls that only
 * machines use. It stops looking at what cannot be text any more, mostly after a few bytes.
 */
final class TextCheck {
    /** Bell to carriage return, and escape: logs of terminals have them. */
    private static final int CONTROLS_OF_TEXT = 0b1111111 << 7 | 1 << 27;

    /** Ends texts from DOS. */
    private static final int END_OF_DOS_TEXT = 0x1A;

    /** Of the characters of a code page, at least one in so many is ASCII: a blank between words. */
    private static final int CODE_PAGE_ASCII = 20;

    private enum Mark {
        NONE,
        BIG,
        LITTLE
    }

    private boolean text = true;
    private boolean utf8 = true;
    private Mark mark = Mark.NONE;
    private long seen;
    private long ascii;
    private boolean ended;

    /** The first byte; or the first half of a character in UTF-16. */
    private int before;

    private boolean highSurrogate;
    private int utf8Left;
    private int utf8Least;
    private int utf8Most;

    void update(ByteBuffer bytes) {
        for (var i = bytes.position(); i < bytes.limit() && text; i++) {
            take(bytes.get(i) & 0xFF);
        }
    }

    /** After the last byte. Nothing at all is text. */
    boolean isText() {
        if (!text) {
            return false;
        }
        if (mark != Mark.NONE) {
            return seen % 2 == 0 && !highSurrogate;
        }
        return utf8 && utf8Left == 0 || ascii * CODE_PAGE_ASCII >= seen;
    }

    private void take(int value) {
        seen++;
        if (seen == 2) {
            mark = before == 0xFE && value == 0xFF
                    ? Mark.BIG
                    : before == 0xFF && value == 0xFE ? Mark.LITTLE : Mark.NONE;
        } else if (mark != Mark.NONE) {
            wide(value);
            return;
        }
        if (seen == 1) {
            before = value;
        }
        text = mark != Mark.NONE || !ended && mayStand(value);
        if (value < 0x80) {
            ascii++;
        }
        if (utf8) {
            utf8 = continues(value);
        }
    }

    private void wide(int value) {
        if (seen % 2 == 1) {
            before = value;
            return;
        }
        var unit = mark == Mark.BIG ? before << 8 | value : value << 8 | before;
        var low = unit >= 0xDC00 && unit <= 0xDFFF;
        text = low == highSurrogate && unit < 0xFFFE && !ended && mayStand(unit);
        highSurrogate = unit >= 0xD800 && unit <= 0xDBFF;
    }

    private boolean mayStand(int unit) {
        if (unit == END_OF_DOS_TEXT) {
            ended = true;
            return true;
        }
        return unit >= 0x20 ? unit != 0x7F : (CONTROLS_OF_TEXT >> unit & 1) == 1;
    }

    /** The table of well-formed sequences in Unicode, chapter 3: shortest forms only, no surrogates, nothing past U+10FFFF. */
    private boolean continues(int value) {
        if (utf8Left > 0) {
            var fits = value >= utf8Least && value <= utf8Most;
            utf8Left--;
            utf8Least = 0x80;
            utf8Most = 0xBF;
            return fits;
        }
        if (value < 0x80) {
            return true;
        }
        utf8Left = value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : 1;
        utf8Least = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
        utf8Most = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
        return value >= 0xC2 && value <= 0xF4;
    }
}

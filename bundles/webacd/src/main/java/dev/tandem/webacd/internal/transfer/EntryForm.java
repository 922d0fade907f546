package dev.tandem.webacd.internal.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.webacd.internal.config.QueueConfig.FormField;

/** Judges the answers of an entry form. */
final class EntryForm {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}([.,][0-9]{1,9})?");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}\\.[^\\s@]{2,63}");

    private EntryForm() {}

    /** @return those that were given, without blanks around. @throws ProblemException 400 with the field */
    static Map<String, String> checked(List<FormField> form, Map<String, String> answers) {
        var known = form.stream().map(FormField::key).collect(Collectors.toSet());
        answers.keySet().stream()
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw wrong("answers", "The form has no such question.");
                });
        var good = new LinkedHashMap<String, String>();
        for (var field : form) {
            var answer = answers.getOrDefault(field.key(), "").strip();
            if (answer.isEmpty()) {
                if (field.required()) {
                    throw wrong(name(field), "An answer is needed.");
                }
                continue;
            }
            check(field, answer);
            good.put(field.key(), answer);
        }
        return good;
    }

    private static void check(FormField field, String answer) {
        int length = answer.codePointCount(0, answer.length());
        if (length > field.max()) {
            throw wrong(
                    name(field), "The answer has " + length + " characters; at most " + field.max() + " are allowed.");
        }
        if (answer.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw wrong(name(field), "An answer has no control characters.");
        }
        boolean fits =
                switch (field.type()) {
                    case TEXT -> true;
                    case CHOICE -> field.options().contains(answer);
                    case NUMBER -> NUMBER.matcher(answer).matches();
                    case EMAIL -> EMAIL.matcher(answer).matches();
                };
        if (!fits) {
            throw wrong(
                    name(field),
                    switch (field.type()) {
                        case CHOICE -> "Choose one of the answers.";
                        case NUMBER -> "A number is needed.";
                        default -> "An e-mail address is needed.";
                    });
        }
    }

    private static String name(FormField field) {
        return "answers." + field.key();
    }

    private static ProblemException wrong(String field, String detail) {
        return new ProblemException(Problem.invalid(field, detail));
    }
}

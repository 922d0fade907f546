package dev.tandem.webacd.internal.rules;

/** A test, or its contrary. */
record Literal(Condition.Test test, boolean holds) {
    /** What it speaks of: literals of different subjects never contradict each other. Day and date are one. */
    String subject() {
        if (test instanceof Condition.Open open) {
            return "open " + open.queue();
        }
        var field = ((Condition.Comparison) test).field();
        return field.type() == Field.Type.DAY || field.type() == Field.Type.DATE ? "date" : field.toString();
    }

    Condition.Comparison comparison() {
        return (Condition.Comparison) test;
    }
}

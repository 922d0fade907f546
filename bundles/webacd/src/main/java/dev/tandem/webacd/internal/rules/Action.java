package dev.tandem.webacd.internal.rules;

import dev.tandem.webacd.WorkRequest;

/** What a rule that matches does. */
public sealed interface Action {
    /** The highest priority; 0 is the usual one. */
    int MOST_PRIORITY = WorkRequest.HIGHEST_PRIORITY;
    /** The highest level of a skill. */
    int MOST_LEVEL = WorkRequest.HIGHEST_LEVEL;

    /** Where it stands. */
    Place place();

    /** To that queue. Without it the item goes to the queue by whose entry it came, else to the fallback queue. */
    record ToQueue(String queue, Place place) implements Action {
        @Override
        public String toString() {
            return "queue " + queue;
        }
    }

    /** With that priority, 0 to {@link #MOST_PRIORITY}; more is earlier. */
    record Priority(int priority, Place place) implements Action {
        @Override
        public String toString() {
            return "priority " + priority;
        }
    }

    /** To agents who have that skill at that level at least, 1 to {@link #MOST_LEVEL}. */
    record Needs(String skill, int level, Place place) implements Action {
        @Override
        public String toString() {
            return "skill " + skill + " >= " + level;
        }
    }
}

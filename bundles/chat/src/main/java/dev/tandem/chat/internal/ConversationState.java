package dev.tandem.chat.internal;

/**
 * What must be known to decide what is said next.
 *
 * @param lines how many lines the conversation has
 */
record ConversationState(long lines) {
    static final ConversationState EMPTY = new ConversationState(0);

    ConversationState oneMore() {
        return new ConversationState(lines + 1);
    }
}

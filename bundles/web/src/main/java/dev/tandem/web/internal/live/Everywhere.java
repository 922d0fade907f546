package dev.tandem.web.internal.live;

import java.util.function.Consumer;

import dev.tandem.web.LiveTopics;

/** Topics that are the same in every site, so that one ring is for all. */
public interface Everywhere extends LiveTopics {
    /** Whom to tell which topic has changed; replaces the one before. */
    void onChange(Consumer<String> ring);
}

package dev.tandem.web.internal.live;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tandem.web.internal.ProblemJson;

/** What we send on the live channel besides messages of topics. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ServerMessage(String op, String topic, ProblemJson problem) {
    static final ServerMessage WELCOME = new ServerMessage("welcome", null, null);
    static final ServerMessage PONG = new ServerMessage("pong", null, null);

    static ServerMessage away(String topic) {
        return new ServerMessage("away", topic, null);
    }

    static ServerMessage back(String topic) {
        return new ServerMessage("back", topic, null);
    }

    static ServerMessage gone(String topic, ProblemJson problem) {
        return new ServerMessage("gone", topic, problem);
    }

    /**
     * A message of a topic.
     *
     * @param whole true if it is all there is now, whatever was sent before: its number may be lower than one that another
     *     node gave
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfTopic(String topic, long number, String type, Object body, Boolean whole) {}
}

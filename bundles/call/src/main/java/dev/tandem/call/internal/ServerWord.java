package dev.tandem.call.internal;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tandem.call.Calls.Party;

/** What we say to pages. */
final class ServerWord {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    private ServerWord() {}

    static String welcome(long you, IceServers.Ways ways, List<Party> peers) {
        var message = op("welcome").put("you", you).put("relay", ways.relayOnly());
        var ice = message.putArray("ice");
        for (var server : ways.servers()) {
            var one = ice.addObject();
            var urls = one.putArray("urls");
            server.urls().forEach(urls::add);
            server.login().ifPresent(login -> one.put("username", login.user()).put("credential", login.password()));
        }
        var present = message.putArray("peers");
        peers.forEach(peer -> members(present.addObject(), peer));
        return text(message);
    }

    static String peer(Party peer) {
        return text(members(op("peer"), peer));
    }

    static String gone(long id) {
        return text(op("gone").put("id", id));
    }

    static String signal(long from, JsonNode data) {
        return text(op("signal").put("from", from).set("data", data));
    }

    static String full() {
        return text(op("full"));
    }

    static String out() {
        return text(op("out"));
    }

    static String over(String reason) {
        return text(op("over").put("reason", reason));
    }

    private static ObjectNode op(String word) {
        return JSON.objectNode().put("op", word);
    }

    private static ObjectNode members(ObjectNode node, Party peer) {
        return node.put("id", peer.id())
                .put("participant", peer.participant().toString())
                .put("audio", peer.audio())
                .put("video", peer.video());
    }

    private static String text(JsonNode message) {
        try {
            return WRITER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

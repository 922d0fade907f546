package dev.tandem.itests.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.itests.faults.Evidence.Bytes;
import dev.tandem.itests.faults.Evidence.Event;
import dev.tandem.itests.faults.Evidence.Message;
import dev.tandem.itests.harness.Api;
import dev.tandem.itests.harness.Await;

/** Gathers the evidence from the database and from both nodes, once everything is healed. */
final class Collector {
    /** A deadline that failed is put off by half a minute. */
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(75);

    private static final Duration LONGEST_BEHIND = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lab lab;
    private final String site;

    Collector(Lab lab, String site) {
        this.lab = lab;
        this.site = site;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> select(String sql, Row<T> reader) {
        try (var connection = lab.postgres().connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= sql.chars().filter(c -> c == '?').count(); i++) {
                statement.setString(i, site);
            }
            try (var rows = statement.executeQuery()) {
                var list = new ArrayList<T>();
                while (rows.next()) {
                    list.add(reader.read(rows));
                }
                return list;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Waits for what is due, and gives what is not done by then. */
    private List<String> overdue() {
        var sql = "SELECT kind, stream, name, due FROM journal_deadline WHERE site = ?"
                + " AND due < extract(epoch FROM clock_timestamp()) * 1000 - 2000";
        Row<String> words = row -> "deadline " + row.getString(3) + " of " + row.getString(1) + " " + row.getString(2)
                + " was due at " + row.getLong(4) + " and has not fired";
        try {
            Await.until(
                    "due deadlines", LONGEST_DEADLINE, () -> select(sql, words).isEmpty());
            return List.of();
        } catch (AssertionError late) {
            return select(sql, words);
        }
    }

    /**
     * @param readers by session: who may read it
     * @param administrator an agent who may read the settings
     */
    Evidence collect(Map<String, String> readers, String administrator, List<LivePage> pages) {
        var overdue = overdue();
        try (var connection = lab.postgres().connect()) {
            noMoreWrites(connection);
            // First who may be a moment behind.
            var sessions = sessions(readers);
            var conversations = conversations(readers);
            return new Evidence(
                    events(),
                    select(
                                    "SELECT position, batch_hash FROM journal_site WHERE site = ?",
                                    row -> new Evidence.End(row.getLong(1), bytes(row, 2)))
                            .get(0),
                    Set.copyOf(select(
                            "SELECT id FROM journal_command WHERE site = ?", row -> UUID.fromString(row.getString(1)))),
                    conversations,
                    select(
                            "SELECT site, name, node, epoch, deleted FROM faults_lease ORDER BY n",
                            row -> new Evidence.LeaseChange(
                                    row.getString(1),
                                    row.getString(2),
                                    Optional.ofNullable(row.getString(3)),
                                    row.getLong(4),
                                    row.getBoolean(5))),
                    overdue,
                    pages.stream().flatMap(page -> page.evidence().stream()).toList(),
                    settings(administrator),
                    sessions,
                    select(
                            "SELECT item, state, since FROM webacd_item WHERE site = ?",
                            row -> new Evidence.Item(row.getString(1), row.getString(2), row.getLong(3))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is looked at in many questions must be of one moment: deadlines would go on writing. */
    private static void noMoreWrites(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE journal_site IN EXCLUSIVE MODE");
        }
    }

    private List<Event> events() {
        return select(
                "SELECT position, kind, stream, version, id, name, at, actor, command, payload, hash, batch_hash,"
                        + " extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000 FROM journal_event"
                        + " WHERE site = ? ORDER BY position",
                row -> new Event(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6),
                        row.getLong(7),
                        row.getString(8),
                        UUID.fromString(row.getString(9)),
                        row.getString(10),
                        tree(row.getString(10)),
                        bytes(row, 11),
                        row.getBytes(12) == null ? Optional.empty() : Optional.of(bytes(row, 12)),
                        row.getLong(13)));
    }

    private static Bytes bytes(ResultSet row, int column) throws SQLException {
        return new Bytes(HexFormat.of().formatHex(row.getBytes(column)));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** As the database has them, and as each node shows those that their agent may still read. */
    private Map<String, Map<String, List<Message>>> conversations(Map<String, String> readers) {
        var all = new HashMap<String, Map<String, List<Message>>>();
        record Stored(String session, Message message) {}
        for (var one : select(
                "SELECT m.session, m.number, convert_from(p.text, 'UTF8') FROM chat_message m LEFT JOIN journal_personal p"
                        + " ON p.site = m.site AND p.id = m.text_id AND m.notice IS NULL WHERE m.site = ?"
                        + " ORDER BY m.session, m.number",
                row -> new Stored(
                        row.getString(1),
                        new Message(
                                row.getLong(2),
                                Optional.ofNullable(row.getString(3)).orElse(""))))) {
            all.computeIfAbsent(one.session(), session -> new LinkedHashMap<>())
                    .computeIfAbsent("the database", database -> new ArrayList<>())
                    .add(one.message());
        }
        readers.forEach((session, reader) -> {
            for (var node : lab.nodes()) {
                conversation(as(node, reader), session)
                        .ifPresent(messages -> all.computeIfAbsent(session, s -> new LinkedHashMap<>())
                                .put(node, messages));
            }
        });
        return all;
    }

    private static Optional<List<Message>> conversation(Api api, String session) {
        var messages = new ArrayList<Message>();
        while (true) {
            long last =
                    messages.isEmpty() ? 0 : messages.get(messages.size() - 1).number();
            var reply = api.get("/chat/" + session + "?after=" + last);
            if (reply.status() == 404 && messages.isEmpty()) {
                return Optional.empty();
            }
            var page = reply.ok().get("messages");
            page.forEach(message -> messages.add(new Message(
                    message.get("number").asLong(),
                    message.get("kind").asText().equals("TEXT")
                            ? message.get("text").asText()
                            : "")));
            if (page.isEmpty()) {
                return Optional.of(messages);
            }
        }
    }

    private Map<String, List<Evidence.View>> sessions(Map<String, String> readers) {
        var all = new HashMap<String, List<Evidence.View>>();
        readers.forEach((session, reader) -> {
            var views = new ArrayList<List<Evidence.View>>();
            try {
                // A node may be a moment behind.
                Await.until("the nodes to agree", LONGEST_BEHIND, () -> {
                    views.add(views(session, reader));
                    var last = views.get(views.size() - 1);
                    return last.stream().map(Evidence.View::version).distinct().count() == 1;
                });
            } catch (AssertionError late) {
                System.out.println("faults: the nodes do not agree about " + session);
            }
            all.put(session, views.get(views.size() - 1));
        });
        return all;
    }

    private List<Evidence.View> views(String session, String reader) {
        return lab.nodes().stream()
                .map(node -> {
                    var reply = as(node, reader).get("/sessions/" + session);
                    // An agent who has left sees it no more while it waits for one.
                    if (reply.status() != 200) {
                        return new Evidence.View(node, "HTTP " + reply.status() + " " + reply.code(), -1, "", -1);
                    }
                    var view = reply.body();
                    return new Evidence.View(
                            node,
                            view.get("state").asText(),
                            view.get("version").asLong(),
                            view.path("controller").asText(""),
                            view.get("epoch").asLong());
                })
                .toList();
    }

    private Map<String, Map<String, String>> settings(String administrator) {
        var all = new LinkedHashMap<String, Map<String, String>>();
        for (var node : lab.nodes()) {
            var values = new HashMap<String, String>();
            as(node, administrator)
                    .get("/settings")
                    .ok()
                    .get("settings")
                    .forEach(one -> values.put(
                            one.get("key").asText(), one.path("value").asText("")));
            all.put(node, values);
        }
        return all;
    }

    private Api as(String node, String authorization) {
        return lab.api(node).with("Authorization", authorization);
    }
}

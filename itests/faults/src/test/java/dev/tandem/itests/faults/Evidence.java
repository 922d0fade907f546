package dev.tandem.itests.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is found once everything is healed.
 *
 * @param events of the site, in the order of their positions
 * @param end where the site's counter row stands
 * @param commands the ids that the journal remembers an answer to
 * @param conversations by session: its messages as each node shows them, node by node
 * @param leases every change of a lease row, in order
 * @param overdue deadlines that should have fired by now, in words
 * @param pages what socket clients received
 * @param settings by node: the values that it shows
 * @param sessions by session: the views that the nodes show
 * @param items all work items
 */
record Evidence(
        List<Event> events,
        End end,
        Set<UUID> commands,
        Map<String, Map<String, List<Message>>> conversations,
        List<LeaseChange> leases,
        List<String> overdue,
        List<Page> pages,
        Map<String, Map<String, String>> settings,
        Map<String, List<View>> sessions,
        List<Item> items) {

    /** @param committed when its transaction committed, milliseconds by the database's clock */
    record Event(
            long position,
            String kind,
            String stream,
            long version,
            String id,
            String name,
            long at,
            String actor,
            UUID command,
            String payload,
            JsonNode body,
            Bytes hash,
            Optional<Bytes> batchHash,
            long committed) {}

    /** Bytes that compare by what they hold, as hex digits. */
    record Bytes(String hex) {}

    record End(long position, Bytes batchHash) {}

    /** @param text empty for what is not said by anybody */
    record Message(long number, String text) {}

    /** @param node empty if nobody holds it now */
    record LeaseChange(String site, String name, Optional<String> node, long epoch, boolean deleted) {}

    /**
     * A socket client that came back on any node whenever it lost its line.
     *
     * @param numbers as they were received on the topic
     * @param gapless whether each number counts one message, so that none may be missing
     * @param until the number it should have reached; 0 if its end was not waited for
     */
    record Page(String client, String topic, List<Long> numbers, boolean gapless, long until) {}

    /** A work item as the read model has it. @param since since when it has waited, milliseconds */
    record Item(String id, String state, long since) {}

    /** A session as one node shows it. */
    record View(String node, String state, long version, String controller, long epoch) {}
}

package dev.tandem.web.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.platform.SiteId;

/** Nodes and leases as one database would judge them, without one; MediaPlacesTest has a real one. */
public final class FakeCluster {
    private record Held(Optional<UUID> node, long epoch) {}

    private final Map<String, Held> rows = new HashMap<>();
    private final List<Member> living = new ArrayList<>();
    /** The database is away. */
    public boolean away;

    public Member join(String name) {
        var member = new Member(name);
        living.add(member);
        return member;
    }

    /** A node and its view of the others. */
    public final class Member implements Nodes, Leases {
        private final String name;
        private UUID id = UUID.randomUUID();
        private Node.State state = Node.State.UP;
        private final Instant since = Instant.EPOCH.plusSeconds(living.size());
        private Optional<String> fingerprint = Optional.empty();

        private Member(String name) {
            this.name = name;
        }

        /** The others take it for dead. */
        public void expel() {
            giveUp();
            id = UUID.randomUUID();
        }

        public void die() {
            giveUp();
            living.remove(this);
        }

        private void giveUp() {
            rows.replaceAll(
                    (key, row) -> row.node().equals(Optional.of(id)) ? new Held(Optional.empty(), row.epoch()) : row);
        }

        @Override
        public Node self() {
            return new Node(id, name, "1", state, since, since, fingerprint, 0);
        }

        @Override
        public List<Node> all() {
            return living.stream().map(Member::self).toList();
        }

        @Override
        public Optional<Node> find(UUID wanted) {
            return all().stream().filter(node -> node.id().equals(wanted)).findFirst();
        }

        @Override
        public void drain() {
            state = Node.State.DRAINING;
            giveUp();
        }

        @Override
        public void resume() {
            state = Node.State.UP;
        }

        @Override
        public void fingerprint(String digest) {
            fingerprint = Optional.of(digest);
        }

        @Override
        public Claim claim(SiteId site, String what, Holder holder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Lease> take(SiteId site, String what) {
            var found = find(site, what);
            if (found.isPresent() || state == Node.State.DRAINING) {
                return found;
            }
            rows.merge(
                    site + " " + what,
                    new Held(Optional.of(id), 1),
                    (old, fresh) -> new Held(fresh.node(), old.epoch() + 1));
            return find(site, what);
        }

        @Override
        public Optional<Lease> find(SiteId site, String what) {
            if (away) {
                throw new IllegalStateException("no database");
            }
            return Optional.ofNullable(rows.get(site + " " + what))
                    .flatMap(row -> row.node().map(node -> new Lease(site, what, node, row.epoch())));
        }

        @Override
        public List<Lease> ofSites() {
            return rows.entrySet().stream()
                    .filter(row -> !row.getKey().contains("/"))
                    .flatMap(row ->
                            row.getValue().node().stream().map(node -> lease(row.getKey(), node, row.getValue())))
                    .sorted(Comparator.comparing(Lease::name)
                            .thenComparing(one -> one.site().value()))
                    .toList();
        }

        private static Lease lease(String key, UUID node, Held held) {
            var parts = key.split(" ");
            return new Lease(new SiteId(parts[0]), parts[1], node, held.epoch());
        }

        @Override
        public void release(Lease lease) {
            if (find(lease.site(), lease.name()).equals(Optional.of(lease))) {
                rows.put(lease.site() + " " + lease.name(), new Held(Optional.empty(), lease.epoch()));
            }
        }
    }
}

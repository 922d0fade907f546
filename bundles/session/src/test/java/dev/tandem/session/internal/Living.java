package dev.tandem.session.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;

/** The nodes of a test: who lives is in the test's hand. */
final class Living {
    private final List<Member> members = new CopyOnWriteArrayList<>();

    Member join() {
        var member = new Member();
        members.add(member);
        return member;
    }

    /** A node as it knows itself. */
    final class Member implements Nodes {
        private volatile UUID id = UUID.randomUUID();

        boolean lives() {
            return members.contains(this);
        }

        /** It has died; the others do not know it any more. */
        Living died() {
            members.remove(this);
            return Living.this;
        }

        /** The others took it for dead, and it is not: it lives on under a new id. */
        void expelled() {
            id = UUID.randomUUID();
        }

        @Override
        public Node self() {
            return new Node(id, "n", "test", Node.State.UP, Instant.EPOCH, Instant.EPOCH, Optional.empty(), 0);
        }

        @Override
        public List<Node> all() {
            return members.stream().map(Member::self).toList();
        }

        @Override
        public Optional<Node> find(UUID wanted) {
            return all().stream().filter(node -> node.id().equals(wanted)).findFirst();
        }

        @Override
        public void drain() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void fingerprint(String digest) {}
    }
}

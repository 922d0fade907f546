package dev.tandem.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

import dev.tandem.journal.Personal;
import dev.tandem.session.Participant.Role;

/** Who was invited, the earliest first; immutable. */
record Invitations(List<Invitation> all) {
    static final Invitations NONE = new Invitations(List.of());

    /**
     * One of them.
     *
     * @param address empty for a link that the agent hands over by another way
     * @param seat the seat that a customer's invitation leads to
     * @param mail the message in the outbox; empty if the agent sends it with the own mail program
     * @param before what its URL begins with, the token follows
     * @param usedBy who came by it
     * @param repeats how often it was sent again
     */
    record Invitation(
            UUID id,
            Role role,
            Optional<Personal.Ref> address,
            Optional<UUID> seat,
            Optional<UUID> mail,
            String language,
            String before,
            Instant at,
            InvitationView.State state,
            Optional<String> problem,
            Optional<UUID> usedBy,
            int repeats) {

        /** Whether it lets somebody in. */
        boolean good() {
            return state != InvitationView.State.WITHDRAWN;
        }

        boolean isMailedBy(UUID message) {
            return mail.filter(message::equals).isPresent();
        }

        Invitation told(InvitationView.State now, Optional<String> why) {
            return new Invitation(id, role, address, seat, mail, language, before, at, now, why, usedBy, repeats);
        }

        Invitation repeated(UUID newMail) {
            return new Invitation(
                    id,
                    role,
                    address,
                    seat,
                    Optional.of(newMail),
                    language,
                    before,
                    at,
                    InvitationView.State.QUEUED,
                    Optional.empty(),
                    usedBy,
                    repeats + 1);
        }

        Invitation used(UUID participant) {
            return new Invitation(
                    id,
                    role,
                    address,
                    seat,
                    mail,
                    language,
                    before,
                    at,
                    InvitationView.State.USED,
                    Optional.empty(),
                    Optional.of(participant),
                    repeats);
        }
    }

    Optional<Invitation> find(UUID id) {
        return all.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Whether somebody was invited to that seat, and may still come by that. */
    boolean holds(UUID seat) {
        return all.stream()
                .anyMatch(one -> one.good() && one.seat().filter(seat::equals).isPresent());
    }

    Invitations with(Invitation one) {
        var more = new ArrayList<>(all);
        more.add(one);
        return new Invitations(List.copyOf(more));
    }

    Invitations change(UUID id, UnaryOperator<Invitation> how) {
        return new Invitations(all.stream()
                .map(one -> one.id().equals(id) ? how.apply(one) : one)
                .toList());
    }
}

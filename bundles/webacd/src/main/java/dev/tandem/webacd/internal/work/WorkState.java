package dev.tandem.webacd.internal.work;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import dev.tandem.webacd.internal.work.WorkFact.Submitted;

/**
 * A work item as its facts have made it.
 *
 * @param submitted empty for a stream without facts
 * @param queue where it waits, or has waited last; empty while named agents are asked
 * @param key its place among those who wait
 * @param entered since when it is in that queue
 * @param offers whom the latest round has asked
 * @param agent who has it, or had it last
 * @param before queues in which it was before
 * @param tried who has declined it or let it pass since it came to its queue, and when
 * @param pick an agent who asks to have it
 * @param told what the customer was told last
 * @param ended why and when it ended
 */
public record WorkState(
        Optional<Submitted> submitted,
        Phase phase,
        Optional<UUID> queue,
        Instant key,
        Set<UUID> before,
        Instant entered,
        Optional<Instant> waitUntil,
        List<OneOffer> offers,
        Optional<String> agent,
        Optional<Instant> assignedAt,
        Optional<Instant> wrapUpUntil,
        Map<String, Instant> tried,
        Optional<Pick> pick,
        Optional<WorkFact.Told> told,
        Optional<Instant> endedAt) {

    /** As in the public package; an item that was never submitted has none. */
    public enum Phase {
        NONE,
        WAITING,
        OFFERED,
        ASSIGNED,
        WRAP_UP,
        DONE,
        ABANDONED,
        EXPIRED;

        public boolean over() {
            return this == DONE || this == ABANDONED || this == EXPIRED;
        }

        public boolean waits() {
            return this == WAITING || this == OFFERED;
        }

        /** Whether it takes up a place of its agent. */
        public boolean loads() {
            return this == ASSIGNED || this == WRAP_UP;
        }
    }

    public enum OfferState {
        PENDING,
        ACCEPTED,
        DECLINED,
        EXPIRED,
        WITHDRAWN
    }

    /** What an agent was asked; of one round all have the same id. */
    public record OneOffer(UUID id, String agent, OfferState state, Instant at, Instant until) {
        public boolean pending() {
            return state == OfferState.PENDING;
        }

        boolean is(UUID offer, String of) {
            return id.equals(offer) && agent.equals(of);
        }

        boolean among(UUID offer, List<String> agents) {
            return id.equals(offer) && agents.contains(agent);
        }

        OneOffer now(OfferState next) {
            return new OneOffer(id, agent, next, at, until);
        }
    }

    public record Pick(UUID id, String agent, Instant at) {}

    static final WorkState NONE = new WorkState(
            Optional.empty(),
            Phase.NONE,
            Optional.empty(),
            Instant.EPOCH,
            Set.of(),
            Instant.EPOCH,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Of one that was submitted. */
    public Submitted origin() {
        return submitted.orElseThrow();
    }

    public Instant since() {
        return origin().at();
    }

    public List<OneOffer> pending() {
        return offers.stream().filter(OneOffer::pending).toList();
    }

    public Optional<OneOffer> offer(UUID id, String of) {
        return offers.stream().filter(one -> one.is(id, of)).findFirst();
    }

    /** Until when an open offer stands. */
    public Optional<Instant> until(UUID offer) {
        return pending().stream()
                .filter(one -> one.id().equals(offer))
                .map(OneOffer::until)
                .findFirst();
    }

    /** Who is asked now. */
    public List<String> asked() {
        return pending().stream().map(OneOffer::agent).toList();
    }

    /** Whom it is meant for, by name, as long as it has not gone on to a queue. */
    public List<String> named() {
        return queue.isPresent() ? List.of() : origin().agents();
    }

    WorkState with(WorkFact fact) {
        if (fact instanceof Submitted now) {
            return submitted(now);
        } else if (fact instanceof WorkFact.Offered now) {
            var round = now.agents().stream()
                    .map(asked -> new OneOffer(now.offer(), asked, OfferState.PENDING, now.at(), now.until()))
                    .toList();
            return change().phase(Phase.OFFERED).offers(round).done();
        } else if (fact instanceof WorkFact.Widened now) {
            return widened(now);
        } else if (fact instanceof WorkFact.Accepted now) {
            return answered(one -> one.is(now.offer(), now.agent()), OfferState.ACCEPTED)
                    .answered(OneOffer::pending, OfferState.WITHDRAWN)
                    .assigned(now.agent(), now.at());
        } else if (fact instanceof WorkFact.Declined now) {
            return tried(List.of(now.agent()), now.at())
                    .answered(one -> one.is(now.offer(), now.agent()), OfferState.DECLINED)
                    .backIfNobodyIsLeft();
        } else if (fact instanceof WorkFact.Unanswered now) {
            return tried(now.agents(), now.at())
                    .answered(one -> one.among(now.offer(), now.agents()), OfferState.EXPIRED)
                    .backIfNobodyIsLeft();
        } else if (fact instanceof WorkFact.Withdrawn now) {
            return answered(one -> one.among(now.offer(), now.agents()), OfferState.WITHDRAWN)
                    .backIfNobodyIsLeft();
        } else if (fact instanceof WorkFact.Moved now) {
            return answered(OneOffer::pending, OfferState.WITHDRAWN).moved(now);
        } else if (fact instanceof WorkFact.PickAsked now) {
            return change().pick(Optional.of(new Pick(now.pick(), now.agent(), now.at())))
                    .done();
        } else if (fact instanceof WorkFact.PickGranted now) {
            return answered(OneOffer::pending, OfferState.WITHDRAWN).assigned(now.agent(), now.at());
        } else if (fact instanceof WorkFact.PickRefused) {
            return change().pick(Optional.empty()).done();
        } else if (fact instanceof WorkFact.GivenBack now) {
            return tried(List.of(now.agent()), now.at())
                    .change()
                    .phase(Phase.WAITING)
                    .agent(Optional.empty())
                    .assignedAt(Optional.empty())
                    .done();
        } else if (fact instanceof WorkFact.Passed now) {
            return change().agent(Optional.of(now.to())).done();
        } else if (fact instanceof WorkFact.Told now) {
            return change().told(Optional.of(now)).done();
        } else if (fact instanceof WorkFact.WrapUp now) {
            return change().phase(Phase.WRAP_UP)
                    .wrapUpUntil(Optional.of(now.until()))
                    .done();
        } else if (fact instanceof WorkFact.Done now) {
            return ended(Phase.DONE, now.at());
        } else if (fact instanceof WorkFact.Abandoned now) {
            return answered(OneOffer::pending, OfferState.WITHDRAWN).ended(Phase.ABANDONED, now.at());
        }
        var expired = (WorkFact.Expired) fact;
        return answered(OneOffer::pending, OfferState.WITHDRAWN).ended(Phase.EXPIRED, expired.at());
    }

    private static WorkState submitted(Submitted now) {
        var made = NONE.change().phase(Phase.WAITING).done();
        return new WorkState(
                Optional.of(now),
                made.phase,
                now.queue(),
                now.key(),
                made.before,
                now.at(),
                now.waitUntil(),
                made.offers,
                made.agent,
                made.assignedAt,
                made.wrapUpUntil,
                // Who passes it on is asked only when nobody else is left.
                now.by().map(by -> Map.of(by, now.at())).orElse(Map.of()),
                made.pick,
                made.told,
                made.endedAt);
    }

    private WorkState widened(WorkFact.Widened now) {
        var until = until(now.offer()).orElse(now.at());
        var all = new ArrayList<>(offers);
        all.removeIf(one -> one.among(now.offer(), now.agents()));
        now.agents().forEach(asked -> all.add(new OneOffer(now.offer(), asked, OfferState.PENDING, now.at(), until)));
        return change().offers(all).done();
    }

    private WorkState moved(WorkFact.Moved now) {
        var left = new LinkedHashSet<>(before);
        now.from().ifPresent(left::add);
        return new WorkState(
                submitted,
                Phase.WAITING,
                Optional.of(now.queue()),
                now.key(),
                Set.copyOf(left),
                now.at(),
                now.waitUntil(),
                offers,
                agent,
                assignedAt,
                wrapUpUntil,
                Map.of(),
                Optional.empty(),
                told,
                endedAt);
    }

    private WorkState assigned(String to, Instant at) {
        return change().phase(Phase.ASSIGNED)
                .agent(Optional.of(to))
                .assignedAt(Optional.of(at))
                .pick(Optional.empty())
                .done();
    }

    private WorkState ended(Phase how, Instant at) {
        return change().phase(how)
                .pick(Optional.empty())
                .endedAt(Optional.of(at))
                .done();
    }

    private WorkState answered(Predicate<OneOffer> which, OfferState answer) {
        return change().offers(offers.stream()
                        .map(one -> which.test(one) ? one.now(answer) : one)
                        .toList())
                .done();
    }

    private WorkState backIfNobodyIsLeft() {
        return pending().isEmpty() && phase == Phase.OFFERED
                ? change().phase(Phase.WAITING).done()
                : this;
    }

    private WorkState tried(List<String> agents, Instant at) {
        var more = new LinkedHashMap<>(tried);
        agents.forEach(one -> more.put(one, at));
        return change().tried(more).done();
    }

    private Change change() {
        return new Change(this);
    }

    /** A copy with some fields changed; there are too many for a constructor call each time. */
    private static final class Change {
        private final WorkState of;
        private Phase phase;
        private List<OneOffer> offers;
        private Optional<String> agent;
        private Optional<Instant> assignedAt;
        private Optional<Instant> wrapUpUntil;
        private Map<String, Instant> tried;
        private Optional<Pick> pick;
        private Optional<WorkFact.Told> told;
        private Optional<Instant> endedAt;

        Change(WorkState of) {
            this.of = of;
            this.phase = of.phase;
            this.offers = of.offers;
            this.agent = of.agent;
            this.assignedAt = of.assignedAt;
            this.wrapUpUntil = of.wrapUpUntil;
            this.tried = of.tried;
            this.pick = of.pick;
            this.told = of.told;
            this.endedAt = of.endedAt;
        }

        Change phase(Phase now) {
            phase = now;
            return this;
        }

        Change offers(List<OneOffer> now) {
            offers = List.copyOf(new ArrayList<>(now));
            return this;
        }

        Change agent(Optional<String> now) {
            agent = now;
            return this;
        }

        Change assignedAt(Optional<Instant> now) {
            assignedAt = now;
            return this;
        }

        Change wrapUpUntil(Optional<Instant> now) {
            wrapUpUntil = now;
            return this;
        }

        Change tried(Map<String, Instant> now) {
            tried = java.util.Collections.unmodifiableMap(now);
            return this;
        }

        Change pick(Optional<Pick> now) {
            pick = now;
            return this;
        }

        Change told(Optional<WorkFact.Told> now) {
            told = now;
            return this;
        }

        Change endedAt(Optional<Instant> now) {
            endedAt = now;
            return this;
        }

        WorkState done() {
            return new WorkState(
                    of.submitted,
                    phase,
                    of.queue,
                    of.key,
                    of.before,
                    of.entered,
                    of.waitUntil,
                    offers,
                    agent,
                    assignedAt,
                    wrapUpUntil,
                    tried,
                    pick,
                    told,
                    endedAt);
        }
    }
}

package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.journal.None;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.outbox.Mail;
import dev.tandem.outbox.Message;
import dev.tandem.outbox.MessageId;
import dev.tandem.outbox.Outbox;
import dev.tandem.outbox.OutboxEvent;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.internal.InvitationView.State;
import dev.tandem.session.internal.Views.AgentView;
import dev.tandem.web.ProblemException;

/** Who is invited, how, and what becomes of it. The outbox is a stand-in here; the real one has tests of its own. */
public class InvitationsTest {
    private static final URI PAGES = URI.create("https://help.example.org");

    /** Keeps what it is given. */
    private static final class Box implements Outbox {
        private final Map<UUID, Mail> mails = new LinkedHashMap<>();
        private final List<UUID> again = new ArrayList<>();
        private final List<UUID> cancelled = new ArrayList<>();

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Answer<MessageId> send(SiteId site, UUID command, Mail mail) {
            mails.putIfAbsent(command, mail);
            return new Answer.Accepted<>(new MessageId(command), 1);
        }

        @Override
        public Optional<Message> find(SiteId site, MessageId message) {
            return Optional.ofNullable(mails.get(message.value()))
                    .map(mail -> new Message(
                            message,
                            Message.State.FAILED,
                            Optional.of(mail.to()),
                            Optional.empty(),
                            1,
                            Instant.EPOCH,
                            Optional.empty(),
                            mail.about()));
        }

        @Override
        public Answer<None> again(SiteId site, MessageId message, String actor, UUID command) {
            again.add(message.value());
            return new Answer.Accepted<>(None.NONE, 1);
        }

        @Override
        public Answer<None> cancel(SiteId site, MessageId message, String actor, UUID command) {
            cancelled.add(message.value());
            return new Answer.Accepted<>(None.NONE, 1);
        }
    }

    private final World world = new World();
    private final Box box = new Box();
    private InvitationMails mails;
    private JournalRuntime.Subscription hearing;
    private AgentView session;

    @Before
    public void open() {
        world.outbox.bind(box);
        mails = new InvitationMails(world.streams, world.views, box);
        hearing = world.runtime.subscribe(mails);
        session = world.start();
    }

    @After
    public void close() {
        hearing.close();
        world.close();
    }

    private InvitationDesk.Made invite(Role role, String address, boolean own) {
        return invite(role, address, own, UUID.randomUUID());
    }

    private InvitationDesk.Made invite(Role role, String address, boolean own, UUID command) {
        return world.invitations.invite(
                World.ANNA, session.id(), new InvitationDesk.Wish(role, address, own, "fr", PAGES), command);
    }

    private static String token(InvitationView invitation) {
        var url = invitation.url().toString();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private InvitationView now(InvitationView before) {
        return world.now(session).invitations().stream()
                .filter(one -> one.id().equals(before.id()))
                .findFirst()
                .orElseThrow();
    }

    private void told(InvitationView of, Message.State state, Optional<String> problem) {
        var message = List.copyOf(box.mails.keySet()).get(box.mails.size() - 1);
        mails.on(new Published(
                World.SITE,
                1,
                UUID.randomUUID(),
                message,
                world.clock.instant(),
                new OutboxEvent.Changed(
                        World.SITE,
                        new MessageId(message),
                        state,
                        1,
                        problem,
                        box.mails.get(message).about())));
    }

    private static String code(org.junit.function.ThrowingRunnable what) {
        return assertThrows(ProblemException.class, what).problem().code();
    }

    @Test
    public void W13_withTheOwnMailProgramADraftOpensAndTheServerSendsNothing() {
        var made = invite(Role.CUSTOMER, "zoe+help@example.com", true);
        world.settle();
        assertEquals(State.DRAFTED, made.invitation().state());
        assertEquals(Map.of(), box.mails);
        var draft = made.draft().orElseThrow();
        assertTrue(draft, draft.startsWith("mailto:zoe%2Bhelp@example.com?subject="));
        assertTrue(draft, draft.contains("https%3A%2F%2Fhelp.example.org%2Fi%2F" + token(made.invitation())));
        assertTrue(draft, draft.contains("%0D%0A"));
        assertEquals("no space, no line break, no quote", draft, draft.replaceAll("[\\s\"'<>]", ""));
        assertEquals("one recipient, one subject, one body", 2, draft.split("[?&]").length - 1);
    }

    @Test
    public void W12_W14_byTheServerACustomerGetsTheLinkInTheChosenLanguage() {
        var made = invite(Role.CUSTOMER, " zoe@example.com ", false);
        world.settle();
        assertEquals(Optional.empty(), made.draft());
        assertEquals(1, box.mails.size());
        var mail = box.mails.values().iterator().next();
        assertEquals("zoe@example.com", mail.to());
        assertEquals("fr", mail.language().toLanguageTag());
        assertEquals("Anna Bell vous invite à une session d’assistance à distance", mail.subject());
        assertTrue(mail.text(), mail.text().contains(made.invitation().url().toString()));
        assertTrue(
                mail.html(),
                mail.html().contains("<a href=\"" + made.invitation().url() + "\">"));
        assertTrue(
                "the link is there to be read",
                mail.html().contains("<p>" + made.invitation().url() + "</p>"));
        assertEquals(PAGES + "/i/", made.invitation().url().toString().replaceAll("[^/]*$", ""));
        assertEquals("128 bits", 22, token(made.invitation()).length());
        assertEquals(State.QUEUED, now(made.invitation()).state());
    }

    @Test
    public void W12_aSupportRepresentativeIsInvitedByALinkOfAnotherKind() {
        var made = invite(Role.AGENT, "ben@example.com", false);
        world.settle();
        assertEquals(PAGES + "/assist/", made.invitation().url().toString().replaceAll("[^/]*$", ""));
        assertEquals(Optional.empty(), made.invitation().seat());
        assertEquals(
                "no seat is opened for an agent", 1, world.now(session).seats().size());
        assertTrue(box.mails.values().iterator().next().subject().contains("assister"));
        assertEquals(Optional.empty(), world.customers.joinInvited(token(made.invitation()), UUID.randomUUID()));
    }

    @Test
    public void theAgentSeesHowItGoesOn() {
        var made = invite(Role.CUSTOMER, "zoe@example.com", false).invitation();
        world.settle();
        long version = world.now(session).version();
        told(made, Message.State.RETRYING, Optional.of("unreachable"));
        assertEquals(State.QUEUED, now(made).state());
        assertEquals(Optional.of("unreachable"), now(made).problem());
        assertTrue("pages are rung", world.now(session).version() > version);
        told(made, Message.State.FAILED, Optional.of("address-refused"));
        assertEquals(State.FAILED, now(made).state());
        told(made, Message.State.UNCERTAIN, Optional.of("uncertain"));
        assertEquals(State.UNCERTAIN, now(made).state());
        told(made, Message.State.SENT, Optional.empty());
        assertEquals(State.SENT, now(made).state());
        assertEquals(Optional.empty(), now(made).problem());
        long settled = world.now(session).version();
        told(made, Message.State.SENT, Optional.empty());
        assertEquals(
                "what is known already rings nobody",
                settled,
                world.now(session).version());
    }

    @Test
    public void theFirstSeatIsTakenWhileItIsFreeThenOneIsOpenedForEach() {
        var first = invite(Role.CUSTOMER, "zoe@example.com", true).invitation();
        assertEquals(Optional.of(session.seats().get(0).id()), first.seat());
        assertTrue(world.now(session).seats().get(0).invited());
        var second = invite(Role.CUSTOMER, "max@example.com", true).invitation();
        assertEquals(2, world.now(session).seats().size());
        assertEquals(Optional.of(world.now(session).seats().get(1).id()), second.seat());
        world.invitations.withdraw(World.ANNA, session.id(), first.id(), UUID.randomUUID());
        assertFalse(world.now(session).seats().get(0).invited());
        var third = invite(Role.CUSTOMER, "eva@example.com", true).invitation();
        assertEquals("a place that is free again is given again", first.seat(), third.seat());
        assertEquals(2, world.now(session).seats().size());
    }

    @Test
    public void whoeverComesByTheLinkHasThatSeatAndTakesItOverOnAnotherDevice() {
        var made = invite(Role.CUSTOMER, "zoe@example.com", true).invitation();
        var first = world.customers.joinInvited(token(made), UUID.randomUUID()).orElseThrow();
        assertEquals(State.USED, now(made).state());
        var second = world.customers.joinInvited(token(made), UUID.randomUUID()).orElseThrow();
        assertNotEquals(first.token(), second.token());
        assertEquals("seat-taken-over", code(() -> world.seenBy(first)));
        assertEquals(
                Optional.of(second.customer().participant()),
                world.now(session).seats().get(0).participant());
    }

    @Test
    public void aLinkIsDeadOnceWithdrawnAndWithTheSession() {
        var made = invite(Role.CUSTOMER, "zoe@example.com", false).invitation();
        var other = invite(Role.CUSTOMER, "max@example.com", false).invitation();
        world.settle();
        world.invitations.withdraw(World.ANNA, session.id(), made.id(), UUID.randomUUID());
        assertEquals(Optional.empty(), world.customers.joinInvited(token(made), UUID.randomUUID()));
        assertEquals(State.WITHDRAWN, now(made).state());
        world.settle();
        assertEquals("nobody is sent a dead link", 1, box.cancelled.size());
        told(other, Message.State.SENT, Optional.empty());
        world.agents.end(World.ANNA, session.id(), UUID.randomUUID());
        world.settle();
        assertEquals(Optional.empty(), world.customers.joinInvited(token(other), UUID.randomUUID()));
        assertEquals(3, box.cancelled.size());
        for (var nonsense : List.of("", "x", "../../etc", "9".repeat(60_000))) {
            assertEquals(Optional.empty(), world.customers.joinInvited(nonsense, UUID.randomUUID()));
        }
    }

    @Test
    public void anAgentsLinkIsForOneAgentOfTheSite() {
        var made = invite(Role.AGENT, "ben@example.com", true).invitation();
        assertEquals(
                "the inviter may look",
                session.id(),
                assist(World.ANNA, made).orElseThrow().id());
        assertEquals(State.DRAFTED, now(made).state());
        var elsewhere = new Agent(new SiteId("other"), World.BEN.id(), "Ben Cole", World.BEN.roles());
        assertEquals(Optional.empty(), assist(elsewhere, made));
        assertEquals(Optional.empty(), world.invitations.assist(World.BEN, "nonsense", UUID.randomUUID()));
        var seen = assist(World.BEN, made).orElseThrow();
        assertEquals(session.id(), seen.id());
        assertNotEquals("an assistant, not in control", seen.controller(), Optional.of(seen.me()));
        assertEquals(State.USED, now(made).state());
        assertTrue("the same one again", assist(World.BEN, made).isPresent());
        var cleo = new Agent(World.SITE, new AgentId("cleo.dean"), "Cleo Dean", World.BEN.roles());
        assertEquals("somebody else has come by it", Optional.empty(), assist(cleo, made));
    }

    private Optional<AgentView> assist(Agent agent, InvitationView by) {
        return world.invitations.assist(agent, token(by), UUID.randomUUID());
    }

    @Test
    public void badInputIsToldBeforeAnythingHappens() {
        var hundred =
                IntStream.range(0, 100).mapToObj(i -> "u" + i + "@example.com").collect(Collectors.joining(", "));
        assertEquals("one-address", code(() -> invite(Role.CUSTOMER, hundred, false)));
        assertEquals("bad-address", code(() -> invite(Role.CUSTOMER, "zoe", false)));
        assertEquals("bad-address", code(() -> invite(Role.CUSTOMER, "zoe@example.com\r\nBcc: x", true)));
        assertEquals("bad-address", code(() -> invite(Role.CUSTOMER, "", false)));
        assertEquals(
                "unknown",
                code(() -> world.invitations.invite(
                        World.BEN,
                        session.id(),
                        new InvitationDesk.Wish(Role.AGENT, "ben@example.com", true, "fr", PAGES),
                        UUID.randomUUID())));
        world.outbox.unbind(box);
        assertEquals("mail-not-configured", code(() -> invite(Role.CUSTOMER, "zoe@example.com", false)));
        assertEquals(List.of(), world.now(session).invitations());
        assertEquals(1, world.now(session).seats().size());
    }

    @Test
    public void aLinkWithoutAMailIsHandedOverByAnotherWay() {
        var made = invite(Role.AGENT, "", true);
        assertEquals(Optional.empty(), made.draft());
        assertEquals("", made.invitation().address());
        assertTrue(assist(World.BEN, made.invitation()).isPresent());
    }

    @Test
    public void aRepeatInvitesNobodyElse() {
        var command = UUID.randomUUID();
        var first = invite(Role.CUSTOMER, "zoe@example.com", false, command);
        var second = invite(Role.CUSTOMER, "zoe@example.com", false, command);
        world.settle();
        assertEquals(first, second);
        assertEquals(1, box.mails.size());
        assertEquals(1, world.now(session).invitations().size());
        assertEquals(1, world.now(session).seats().size());
    }

    @Test
    public void whatFailedIsTriedAgainUnderItsOwnIdAndWhatWasSentGoesOnceMore() {
        var made = invite(Role.CUSTOMER, "zoe@example.com", false).invitation();
        world.settle();
        var message = box.mails.keySet().iterator().next();
        told(made, Message.State.UNCERTAIN, Optional.of("uncertain"));
        world.invitations.again(World.ANNA, session.id(), made.id(), UUID.randomUUID());
        world.settle();
        assertEquals(List.of(message), box.again);
        assertEquals(1, box.mails.size());
        assertEquals(State.QUEUED, now(made).state());
        told(made, Message.State.SENT, Optional.empty());
        world.invitations.again(World.ANNA, session.id(), made.id(), UUID.randomUUID());
        world.settle();
        assertEquals(2, box.mails.size());
        assertEquals(List.of(message), box.again);
    }

    @Test
    public void aSessionIsNoMailingList() {
        for (int i = 0; i < InvitationRules.MOST; i++) {
            invite(Role.AGENT, "a" + i + "@example.com", true);
            world.clock.advance(Duration.ofSeconds(10));
        }
        assertEquals("too-many-invitations", code(() -> invite(Role.AGENT, "z@example.com", true)));
    }

    @Test
    public void oneAgentDoesNotInviteTheWholeWorld() {
        for (int i = 0; i < InvitationPace.MOST; i++) {
            invite(Role.AGENT, "a" + i + "@example.com", true);
        }
        var refused = assertThrows(ProblemException.class, () -> invite(Role.AGENT, "z@example.com", true))
                .problem();
        assertEquals(429, refused.status());
        assertTrue(refused.retryAfterSeconds().orElseThrow() > 0);
        world.clock.advance(InvitationPace.WITHIN);
        invite(Role.AGENT, "z@example.com", true);
    }
}

package dev.tandem.chat.rest;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.chat.Conversations;
import dev.tandem.chat.internal.ChatActivity;
import dev.tandem.chat.internal.ChatTopics;
import dev.tandem.chat.internal.MessageView;
import dev.tandem.chat.internal.TalkPace;
import dev.tandem.chat.internal.Texts;
import dev.tandem.journal.Ids;
import dev.tandem.session.Conversation;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Call;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.RestPath;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Reads and writes the conversation of a session, for those who are in it. */
@Component(service = ChatResource.class)
@RestPath(rest_path = "/chat")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Chat", description = "The conversation of a session, for those who are in it.")
public final class ChatResource {
    private final Conversations conversations;
    private final Conversation conversation;
    private final SupportSessions sessions;
    private final ChatActivity activity;
    private final TalkPace pace;

    @Activate
    public ChatResource(
            @Reference Conversations conversations,
            @Reference Conversation conversation,
            @Reference SupportSessions sessions,
            @Reference ChatActivity activity,
            @Reference Clock clock) {
        this.conversations = conversations;
        this.conversation = conversation;
        this.sessions = sessions;
        this.activity = activity;
        this.pace = new TalkPace(clock);
    }

    /** A page of the conversation. {@code number} is that of the conversation's last message. */
    public record Page(List<MessageView> messages, long number) {}

    /** What somebody says. */
    public record NewMessage(String text) {}

    @GET
    @Path("{session}")
    @Operation(
            summary = "Read the conversation",
            description = "Messages after a number, in order, at most 200 at a time.")
    public Page read(@Context Call call, @PathParam("session") String id, @QueryParam("after") String after) {
        var session = ChatTopics.session(id);
        var membership = sessions.membership(call.caller(), session);
        var page = conversations.after(membership.session().site(), session, number(after), Conversations.LONGEST_PAGE);
        return new Page(page.messages().stream().map(MessageView::of).toList(), page.number());
    }

    @POST
    @Path("{session}")
    @Operation(summary = "Say something", description = "1 to 4000 characters.")
    @ApiResponse(
            responseCode = "201",
            description = "Said, with its number.",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`session-ended`: it has ended. `chat-stopped`: nobody has started it since control changed.")
    @ApiResponse(responseCode = "429", description = "`too-many-messages`: ten a second are the most.")
    public Response post(@Context Call call, @PathParam("session") String id, NewMessage message) {
        return Response.status(Response.Status.CREATED)
                .entity(say(call, id, message))
                .build();
    }

    @POST
    @Path("{session}/start")
    @Operation(
            summary = "Start the chat again",
            description = "By the agent in control, after a change of control has ended it.")
    @ApiResponse(responseCode = "204", description = "It is open.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @SecurityRequirement(name = "agent")
    public void start(@Context Call call, @PathParam("session") String id) {
        var membership = controller(call, id);
        var me = membership.participant().id();
        activity.start(membership.session(), me, command(call, id, me.value())).orElseThrow(ProblemException::refused);
    }

    @POST
    @Path("{session}/stop")
    @Operation(summary = "Stop the chat", description = "By the agent in control. What was said can be read.")
    @ApiResponse(responseCode = "204", description = "It is closed.")
    @ApiResponse(responseCode = "403", description = "`not-controller`: only the agent in control can do this.")
    @SecurityRequirement(name = "agent")
    public void stop(@Context Call call, @PathParam("session") String id) {
        var membership = controller(call, id);
        var me = membership.participant().id();
        activity.stop(membership.session(), me, command(call, id, me.value())).orElseThrow(ProblemException::refused);
    }

    private SupportSessions.Membership controller(Call call, String id) {
        var membership = sessions.membership(call.caller(), ChatTopics.session(id));
        if (!membership.session().controls(membership.participant().id())) {
            throw new ProblemException(new Problem(403, "not-controller", "Only the agent in control can do this."));
        }
        return membership;
    }

    MessageView say(Call call, String id, NewMessage message) {
        var session = ChatTopics.session(id);
        var membership = sessions.membership(call.caller(), session);
        var me = membership.participant().id();
        var site = membership.session().site();
        var text = Optional.ofNullable(message)
                .map(NewMessage::text)
                .orElseThrow(() -> new ProblemException(Problem.invalid("text", "The text is missing.")));
        Texts.fault(text).ifPresent(fault -> {
            throw new ProblemException(Problem.invalid("text", fault));
        });
        if (!pace.take(me)) {
            throw new ProblemException(new Problem(
                    429,
                    "too-many-messages",
                    "Ten messages a second are the most.",
                    Optional.empty(),
                    Optional.of(1L)));
        }
        var posted = conversation
                .say(site, session, me, text, command(call, id, me.value()))
                .orElseThrow(ProblemException::refused);
        var stored = conversations.after(site, session, posted.number() - 1, 1);
        return MessageView.of(stored.messages().get(0));
    }

    /** Two participants who happen to send the same key mean two messages. */
    private static UUID command(Call call, String session, UUID participant) {
        return Ids.derived(call.commandId(), "chat/" + session + "/" + participant);
    }

    private static long number(String after) {
        if (after == null || after.isEmpty()) {
            return 0;
        }
        try {
            var number = Long.parseLong(after);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a negative one.
        }
        throw new ProblemException(Problem.invalid("after", "The number of a message is a whole number from 0."));
    }
}

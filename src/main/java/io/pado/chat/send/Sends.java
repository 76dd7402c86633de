package io.pado.chat.send;

import io.pado.chat.ChatRoom;
import io.pado.chat.Messages;
import io.pado.chat.Rooms;
import io.pado.chat.answer.ChatAnswers;
import io.pado.chat.answer.ChatWire;
import io.pado.chat.answer.GroupAnswers;
import io.pado.chat.answer.Send;
import io.pado.identity.Caller;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.run.RunReader;
import io.pado.run.RunRequest;
import io.pado.run.RunView;
import io.pado.run.making.Run;
import io.pado.run.making.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What users say in rooms with characters, and the runs that answer. */
@ApplicationScoped
public class Sends {

    @Inject
    private Rooms rooms;
    @Inject
    private Messages messages;
    @Inject
    private Runs runs;
    @Inject
    private ChatAnswers answers;
    @Inject
    private GroupAnswers group;
    @Inject
    private ChatWire wire;

    /**
     * Stores a message and has it answered.
     *
     * @param key the same key again is the same send: its run is found, and nothing is stored
     * @return the run
     * @throws ProblemException 404 for a room in which the caller does not take part, 403 for another sender, 409 for a room of the other kind, a busy
     *                          one that is not to wait, or a key that was used for something else
     */
    RunView send(Caller caller, String roomId, SendKind kind, SendRequest request, IdempotencyKey key) {
        long user = caller.userId().orElseThrow();
        if (!request.sender().isEmpty() && !request.sender().equals(Long.toString(user))) {
            throw ProblemException.forbidden("sender must be you, " + user + ".");
        }
        ChatRoom room = room(user, roomId, kind);
        String owner = owner(user);
        String id = key.isGiven() ? Runs.idOf(owner + room.word(), key.text()) : UUID.randomUUID().toString();
        Send send = new Send(room.name(), user, room.isOneOnOne() ? room.personas().stream().findFirst().orElse(0L) : 0);
        Optional<Run> opened = runs.open(new RunRequest(id, room.isOneOnOne() ? ChatAnswers.KIND : GroupAnswers.KIND, owner, "", runRoom(room), request.busy(),
                key.content(), send.text(), Set.of()));
        if (opened.isPresent()) {
            begin(opened.get(), room, send, request);
        } else {
            // Whoever opened it may have died before the message was stored.
            say(id, room, send, request);
        }
        return require(room, id);
    }

    /** @return the caller's runs in a room that are under way, in the order of their turns. @throws ProblemException 404 without a part in the room */
    List<RunView> underWay(Caller caller, String roomId) {
        long user = caller.userId().orElseThrow();
        return runs.inRoom(runRoom(rooms.of(user, roomId))).stream().filter(run -> run.owner().equals(owner(user))).toList();
    }

    /** @throws ProblemException 404 unless it is the caller's, who still takes part in its room */
    RunView require(Caller caller, String id) {
        return runs.find(id).filter(run -> mayHear(caller, run)).orElseThrow(() -> ProblemException.notFound("no-such-run",
                "You have no such answer; it may have ended more than a day ago."));
    }

    /** @return who reads a run of the caller, for as long as they take part in its room */
    RunReader reader(Caller caller, RunView run) {
        return RunReader.of(caller, wire).whileAllowed(latest -> mayHear(latest, run));
    }

    /**
     * Stops an answer.
     *
     * @param id   of the run
     * @throws ProblemException 404 if it is no run of the caller, or one of a room that the caller has left
     */
    void stop(Caller caller, String id) {
        RunView run = require(caller, id);
        runs.stop(run.id(), run.owner());
    }

    /** Stops the answer of a send by the send's key, which may not be there yet. @throws ProblemException 404 without a part in the room */
    void stop(Caller caller, String roomId, String key) {
        long user = caller.userId().orElseThrow();
        runs.stop(Runs.idOf(owner(user) + rooms.of(user, roomId).word(), key), owner(user));
    }

    private RunView require(ChatRoom room, String id) {
        return runs.find(id).orElseThrow(() -> ProblemException.unavailable("The answer in room " + room.name() + " cannot be found right now; try again."));
    }

    private ChatRoom room(long user, String roomId, SendKind kind) {
        ChatRoom room = rooms.of(user, roomId);
        if (kind == SendKind.ONE_ON_ONE && !room.isOneOnOne() || kind == SendKind.GROUP && room.isOneOnOne()) {
            throw ProblemException.conflict("other-kind", "This room is of the other kind; use /api/chat/rooms/{roomId}/send, which knows both.");
        }
        return room;
    }

    /** The message is there before anything is told of it, or there is no run. */
    private void begin(Run run, ChatRoom room, Send send, SendRequest request) {
        JsonObject stored;
        try {
            stored = Json.parseObject(say(run.id(), room, send, request).json()).orElseThrow();
        } catch (RuntimeException refused) {
            runs.discard(run);
            throw refused;
        }
        String messageId = stored.getString("id");
        run.event(UserMessage.TYPE, userMessage(run, stored));
        runs.begin(run, turn -> {
            if (room.isOneOnOne()) {
                answers.begin(turn, room, messageId);
            } else {
                group.begin(turn, room, send, messageId);
            }
        });
    }

    /** Once, however often it is called; at the time at which its run got its turn, so that messages are in the order in which they are answered. */
    private Answer say(String run, ChatRoom room, Send send, SendRequest request) {
        return messages.say(send.userId(), room.name(), IdempotencyKey.of("run-" + run, request.message()), request.message(), require(room, run).opened());
    }

    private static String userMessage(Run run, JsonObject message) {
        return Json.text(new UserMessage(UserMessage.TYPE, message.getString("content"), message.getString("senderName"),
                message.get("senderId").toString(), message.getString("createdAt"), message.getString("id"), run.id()));
    }

    /** Whoever was removed from a group hears no more of what was asked there before: the answers are made of what is said since then, too. */
    private boolean mayHear(Caller caller, RunView run) {
        return isOwn(caller, run) && rooms.isIn(caller.userId().orElseThrow(), Send.of(run).roomId());
    }

    private static boolean isOwn(Caller caller, RunView run) {
        boolean isChat = run.kind().equals(ChatAnswers.KIND) || run.kind().equals(GroupAnswers.KIND);
        return isChat && caller.userId().isPresent() && run.owner().equals(owner(caller.userId().getAsLong()));
    }

    private static String owner(long user) {
        return "user:" + user;
    }

    private static String runRoom(ChatRoom room) {
        return "room:" + room.word();
    }
}

package io.pado.chat;

import io.pado.chat.persona.Personas;
import io.pado.identity.user.UserNames;
import io.pado.platform.PlatformConfig;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.json.Json;
import io.pado.platform.mongo.Preparation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The embedded demo's rooms: one of two people with a few messages, one of one and a character, and a group of three with characters. */
@ApplicationScoped
class DemoRooms implements Preparation {

    private static final String GROUP = "group";

    @Inject
    private PlatformConfig config;
    @Inject
    private UserNames users;
    @Inject
    private Personas personas;
    @Inject
    private RoomCollection collection;
    @Inject
    private Rooms rooms;
    @Inject
    private Messages messages;

    private volatile boolean done;

    @Override
    public void prepare() {
        if (!config.demo() || done) {
            return;
        }
        List<Long> members = Stream.of("customer", "user1", "user2").map(name -> users.byEmail(name + "@demo.pado"))
                .filter(OptionalLong::isPresent).map(OptionalLong::getAsLong).toList();
        if (members.size() == 3) {
            List<Long> characters = personas.ofDemo();
            if (collection.isEmpty()) {
                fill(members.get(0), members.get(1), members.get(2), characters);
            } else if (!characters.isEmpty()) {
                complete(members.get(0), characters);
            }
        }
        done = true;
    }

    /** Two nodes may do this at the same time, hence the keys. */
    private void fill(long customer, long one, long two, List<Long> characters) {
        String direct = idOf(rooms.open(customer, key("direct"), RoomRequest.ofPeople("", List.of(one))));
        messages.say(customer, direct, key("direct-1"), "안녕하세요!");
        messages.say(one, direct, key("direct-2"), "반가워요. 오늘 파도가 좋네요.");
        if (!characters.isEmpty()) {
            openAlone(customer, characters);
        }
        String group = idOf(rooms.open(customer, key(GROUP), new RoomRequest("파도 모임", List.of(one, two), characters, false)));
        messages.say(customer, group, key("group-1"), "이번 주말에 만날까요?");
        messages.say(two, group, key("group-2"), "좋아요!");
    }

    /** An older version made the demo's rooms without characters. */
    private void complete(long customer, List<Long> characters) {
        collection.earlier(customer, key(GROUP)).ifPresent(group -> {
            collection.addPersonas(idOf(group), characters);
            openAlone(customer, characters);
        });
    }

    private void openAlone(long customer, List<Long> characters) {
        rooms.open(customer, key("alone"), new RoomRequest("", List.of(), characters.subList(0, 1), true));
    }

    private static IdempotencyKey key(String name) {
        return IdempotencyKey.of("demo-" + name, "demo");
    }

    private static String idOf(Answer room) {
        return Json.parseObject(room.json()).orElseThrow().getString("id");
    }
}

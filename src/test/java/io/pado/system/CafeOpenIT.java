package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.launch.Node;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The documents' clients at the addresses that they print: the café's, as the demo has it without tokens, and those of presence. */
@ExtendWith(TwoNodes.class)
class CafeOpenIT {

    private static final URI DOCUMENTS_ADDRESS = URI.create("http://localhost:3001/");

    private static final URI PRESENCE_ADDRESS = URI.create("http://localhost:8000/");

    private final Cluster cluster;

    CafeOpenIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The café's client connects, says nothing, and looks at {@code message.event}. */
    @Test
    void documentsClientHearsEverythingWithoutATokenAndTheKioskOrdersWithoutOne() {
        Cafe cafe = Cafe.of(cluster);
        long menu = cafe.menu(4_000);
        long cell = cafe.cell(8_000);
        try (Node open = cluster.another("cafe-open", Map.of("pado.cafe.open", "true", "pado.compat.ports", "true"));
                CafeSocket client = CafeSocket.open(DOCUMENTS_ADDRESS, "/ws");
                CafeSocket kiosk = CafeSocket.joined(open.baseUri(), cluster.login("kiosk"))) {
            JsonObject order = Cafe.created(Http.post(open.baseUri(), "/api/orders", Cafe.byCell(cell, menu, 1)));
            String id = order.getString("orderId");
            Cafe.step(cluster.login("barista"), id, "MAKING");
            Cafe.ok(Cafe.cancel(cluster.login("barista"), id));
            cafe.soldOut(menu, true);

            client.first("menu:sold_out_changed", "menuId", menu);
            assertThat(client.heard("orderId", id)).containsExactly("order:created", "order:status_changed", "order:cancelled");
            assertThat(client.heard("cellId", cell)).containsExactly("cell:balance_changed", "cell:balance_changed");
            kiosk.first("menu:sold_out_changed", "menuId", menu);
            assertThat(kiosk.heard("orderId", id)).containsExactly("order:status_changed", "order:status_changed");
            assertThat(Http.json(Cafe.ok(Http.get(open.baseUri(), "/api/orders/" + id))).getString("status")).isEqualTo("CANCELLED");
            assertThat(Cafe.array(Cafe.ok(Http.get(open.baseUri(), "/api/cells/names")))).isNotEmpty();
            documentsClientsOfPresenceSeeAFriend();
            Cafe.refused(401, "unauthorized", Http.get(open.baseUri(), "/api/orders"));
            Cafe.refused(401, "unauthorized", Http.post(open.baseUri(), "/api/orders/" + id + "/cancel", "{\"reason\":\"r\"}"));
        }
    }

    private void documentsClientsOfPresenceSeeAFriend() {
        People people = new People(cluster);
        Login user = people.anew();
        Login other = people.friendOf(List.of(user));
        try (DocumentsPresence printed = DocumentsPresence.open(PRESENCE_ADDRESS, other)) {
            printed.awaitShown(user, false);
            assertThat(DocumentsPresence.lines(PRESENCE_ADDRESS, user, 3)).contains("connected", "initial");
            try (Onlooking own = People.look(user, PRESENCE_ADDRESS)) {
                printed.awaitShown(own.login(), true);
            }
        }
    }
}

package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the café refuses, and in which words. M stands for a menu that can be ordered, C for a cell that has nothing. */
@ExtendWith(TwoNodes.class)
class CafeBadInputIT {

    private final Cluster cluster;
    private final Cafe cafe;
    private final long menu;
    private final long cell;

    CafeBadInputIT(Cluster cluster) {
        this.cluster = cluster;
        this.cafe = Cafe.of(cluster);
        this.menu = cafe.menu(4_000);
        this.cell = cafe.cell(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "400|bad-json||no json",
        "400|bad-json||[]",
        "400|bad-json||{'payType':'CARD','items':[{'menuId':M,'quantity':1}]}}",
        "400|bad-json|items|{'payType':'CARD','items':{}}",
        "400|bad-json|items|{'payType':'CARD','items':[7]}",
        "400|bad-json|items[0].quantity|{'payType':'CARD','items':[{'menuId':M,'quantity':'two'}]}",
        "400|bad-json|items[0].quantity|{'payType':'CARD','items':[{'menuId':M,'quantity':1.5}]}",
        "400|bad-json|items[0].menuId|{'payType':'CARD','items':[{'menuId':'M','quantity':1}]}",
        "400|bad-json|cellId|{'payType':'CELL','cellId':'C','items':[{'menuId':M,'quantity':1}]}",
        "400|bad-json|payType|{'payType':7,'items':[{'menuId':M,'quantity':1}]}",
        "422|invalid|payType,items|{}",
        "422|invalid|payType|{'payType':'CREDIT','items':[{'menuId':M,'quantity':1}]}",
        "422|invalid|payType|{'payType':'cell','items':[{'menuId':M,'quantity':1}]}",
        "422|invalid|cellId|{'payType':'CELL','items':[{'menuId':M,'quantity':1}]}",
        "422|invalid|cellId|{'payType':'CASH','cellId':C,'items':[{'menuId':M,'quantity':1}]}",
        "422|invalid|items|{'payType':'CARD','items':[]}",
        "422|invalid|items[0].quantity|{'payType':'CARD','items':[{'menuId':M,'quantity':0}]}",
        "422|invalid|items[0].quantity|{'payType':'CARD','items':[{'menuId':M,'quantity':-1}]}",
        "422|invalid|items[0].quantity|{'payType':'CARD','items':[{'menuId':M,'quantity':1000000}]}",
        "422|invalid|items[0].quantity|{'payType':'CARD','items':[{'menuId':M}]}",
        "422|invalid|items[1].menuId|{'payType':'CARD','items':[{'menuId':M,'quantity':1},{'menuId':M,'quantity':1}]}",
        "404|no-such-menu||{'payType':'CARD','items':[{'menuId':999999999,'quantity':1}]}",
        "404|no-such-menu||{'payType':'CARD','items':[{'menuId':M,'quantity':1},{'menuId':-1,'quantity':1}]}",
        "404|no-such-cell||{'payType':'CELL','cellId':999999999,'items':[{'menuId':M,'quantity':1}]}",
        "409|insufficient-balance||{'payType':'CELL','cellId':C,'items':[{'menuId':M,'quantity':1}]}"})
    void orderThatIsWrongIsRefusedAndNothingIsStored(int status, String code, String fields, String body) {
        HttpResponse<String> answer = cluster.login("kiosk").post("/api/orders", filled(body));

        assertRefused(status, code, fields, answer);
        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM order_item WHERE menu_id = " + menu)).isZero();
        assertThat(cafe.history(cell)).isEmpty();
    }

    @Test
    void soldOutMenuIsRefusedByItsName() {
        cafe.soldOut(menu, true);
        assertThat(Cafe.refused(409, "sold-out", cluster.login("kiosk").post("/api/orders", Cafe.byCard(menu, 1))).getString("detail"))
                .contains("menu " + menu);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "422|invalid|name,price,category|POST|/api/menus|{}",
        "422|invalid|price|POST|/api/menus|{'name':'n','price':10000001,'category':'c'}",
        "422|invalid|price|POST|/api/menus|{'name':'n','price':-1,'category':'c'}",
        "400|bad-json|price|POST|/api/menus|{'name':'n','price':'free','category':'c'}",
        "422|invalid|description|POST|/api/menus|{'name':'n','price':1,'category':'c','description':'a\\u0000b'}",
        "422|invalid|name|PATCH|/api/menus/M|{}",
        "422|invalid|position|PATCH|/api/menus/M|{'position':-1}",
        "422|invalid|version|PATCH|/api/menus/M|{'price':1,'version':-1}",
        "409|changed-meanwhile||PATCH|/api/menus/M|{'price':1,'version':7}",
        "404|no-such-menu||PATCH|/api/menus/999999999|{'price':1}",
        "422|invalid|isSoldOut|PATCH|/api/menus/M/sold-out|{}",
        "400|bad-json|isSoldOut|PATCH|/api/menus/M/sold-out|{'isSoldOut':'yes'}",
        "404|no-such-menu||PATCH|/api/menus/999999999/sold-out|{'isSoldOut':true}",
        "422|invalid|name|POST|/api/cells|{'name':' '}",
        "422|invalid|amount|POST|/api/cells/C/charge|{'amount':0}",
        "422|invalid|amount|POST|/api/cells/C/charge|{'amount':100000001}",
        "400|bad-json|amount|POST|/api/cells/C/charge|{'amount':99999999999999999999}",
        "404|no-such-cell||POST|/api/cells/999999999/charge|{'amount':1}",
        "422|invalid|reason|POST|/api/cells/C/adjust|{'amount':1}",
        "409|insufficient-balance||POST|/api/cells/C/adjust|{'amount':-1,'reason':'r'}",
        "404|no-such-setting||PUT|/api/settings/nothing|{'value':'x'}",
        "422|invalid|value|PUT|/api/settings/is_kiosk_active|{'value':'maybe'}",
        "400|bad-json|value|PUT|/api/settings/is_kiosk_active|{'value':true}",
        "422|invalid|value|PUT|/api/settings/notice|{}",
        "404|no-such-order||PATCH|/api/orders/ORD-1-aaaaaa/status|{'status':'MAKING'}",
        "422|invalid|status|PATCH|/api/orders/ORD-1-aaaaaa/status|{'status':'DONE'}",
        "422|invalid|status|PATCH|/api/orders/ORD-1-aaaaaa/status|{}",
        "404|no-such-order||POST|/api/orders/ORD-1-aaaaaa/cancel|{'reason':'r'}",
        "422|invalid|reason|POST|/api/orders/ORD-1-aaaaaa/cancel|{}",
        "422|invalid|reason|POST|/api/orders/ORD-1-aaaaaa/cancel|{'reason':''}"})
    void changeThatIsWrongIsRefused(int status, String code, String fields, String method, String path, String body) {
        assertRefused(status, code, fields, cafe.admin().change(method, filled(path), filled(body)));
    }

    @Test
    void textsHaveAnEnd() {
        String long500 = "x".repeat(500);
        cafe.set("notice", long500);
        cafe.set("notice", "");
        assertRefused(422, "invalid", "value", cafe.admin().change("PUT", "/api/settings/notice", "{\"value\":\"" + long500 + "x\"}"));
        assertRefused(422, "invalid", "reason",
                cafe.admin().post("/api/orders/ORD-1-aaaaaa/cancel", "{\"reason\":\"" + "x".repeat(201) + "\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"400|date|/api/orders?date=yesterday", "400|date|/api/orders?date=2026-02-30",
        "400|date|/api/orders/stats?date=0000-01-01", "400|status|/api/orders?status=DONE", "400|limit|/api/orders?limit=0",
        "400|limit|/api/orders?limit=1001", "400|before|/api/orders?before=x", "400|before|/api/cells/C/history?before=-1",
        "404|no-such-cell|/api/cells/999999999/history", "404|no-such-cell|/api/cells/999999999",
        "404|no-such-menu|/api/menus/999999999", "404|no-such-order|/api/orders/ORD-1-aaaaaa",
        "404|no-such-setting|/api/settings/nothing", "404|no-such-path|/api/menus/latte"})
    void questionThatIsWrongIsRefused(int status, String code, String path) {
        Cafe.refused(status, code, cafe.admin().get(filled(path)));
    }

    @Test
    void twoCellsHaveNotTheSameName() {
        String name = cafe.admin().get("/api/cells").body().replaceAll("(?s).*?\"name\":\"([^\"]*)\".*", "$1");
        Cafe.refused(409, "name-taken", cafe.admin().post("/api/cells", "{\"name\":\"" + name + "\"}"));
    }

    @Test
    void cellHasAMostThatARefundMayPass() {
        Database.execute(cluster.database(), "UPDATE cell SET balance = 1000000000000 WHERE id = " + cell);
        Cafe.refused(409, "balance-limit", cafe.admin().post("/api/cells/" + cell + "/charge", "{\"amount\":1}"));

        String id = Cafe.order(cluster.login("kiosk"), Cafe.byCell(cell, menu, 1)).getString("orderId");
        Cafe.ok(cafe.admin().post("/api/cells/" + cell + "/charge", "{\"amount\":4000}"));
        Cafe.ok(Cafe.cancel(cafe.admin(), id));
        assertThat(cafe.balance(cell)).isEqualTo(1_000_000_004_000L);
    }

    private void assertRefused(int status, String code, String fields, HttpResponse<String> answer) {
        JsonObject problem = Cafe.refused(status, code, answer);
        if (fields != null) {
            assertThat(Problems.fields(problem)).containsExactly(fields.split(","));
        }
    }

    private String filled(String text) {
        return text.replace('\'', '"').replaceAll("(?<![A-Z])M(?![A-Z])", Long.toString(menu))
                .replaceAll("(?<![A-Z])C(?![A-Z])", Long.toString(cell));
    }
}

package io.pado.cafe.order;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Body of a new order.
 *
 * @param cellId the cell that pays; empty unless it is paid by points
 * @param lines  what is ordered, each menu once
 */
record OrderRequest(PayType payType, OptionalLong cellId, List<Line> lines) {

    private static final String EXAMPLE = "{\"payType\": \"CARD\", \"items\": [{\"menuId\": 1, \"quantity\": 2}]}";
    private static final int MAX_NAME = 20;
    private static final int MAX_LINES = 50;
    private static final int MAX_QUANTITY = 100;

    /**
     * @param menuId   a menu
     * @param quantity how many, 1 to {@value #MAX_QUANTITY}
     */
    record Line(long menuId, int quantity) {
    }

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing, out of range or does not fit together */
    static OrderRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, EXAMPLE);
        PayType payType = payType(fields);
        OptionalLong cellId = cellId(fields, payType);
        List<Line> lines = lines(fields.objects("items", 1, MAX_LINES));
        fields.check();
        return new OrderRequest(payType, cellId, lines);
    }

    private static PayType payType(JsonBody fields) {
        String sent = fields.text("payType", MAX_NAME);
        Optional<PayType> known = Arrays.stream(PayType.values()).filter(type -> type.name().equals(sent)).findFirst();
        if (known.isEmpty() && !sent.isEmpty()) {
            fields.wrong("payType", "must be one of " + Arrays.toString(PayType.values()));
        }
        return known.orElse(PayType.CARD);
    }

    private static OptionalLong cellId(JsonBody fields, PayType payType) {
        if (payType == PayType.CELL) {
            return fields.number("cellId", "the id of the cell that pays");
        }
        if (fields.has("cellId")) {
            fields.wrong("cellId", "pays only orders of payType CELL; leave it out");
        }
        return OptionalLong.empty();
    }

    private static List<Line> lines(List<JsonBody> items) {
        Set<Long> menus = new HashSet<>();
        return items.stream().map(item -> {
            OptionalLong menu = item.number("menuId", "the id of a menu");
            if (menu.isPresent() && !menus.add(menu.getAsLong())) {
                item.wrong("menuId", "occurs twice; send it once, with the sum of the quantities");
            }
            return new Line(menu.orElse(0), (int) item.number("quantity", 1, MAX_QUANTITY));
        }).toList();
    }
}

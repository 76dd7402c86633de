package io.pado.identity.account;

import io.pado.identity.user.AccountView;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * Some users, newest first.
 *
 * @param items they
 * @param next  the cursor of those behind them; null if there are none
 */
@JsonbNillable
@JsonbPropertyOrder({"items", "next"})
public record AccountPage(List<AccountView> items, String next) {
}

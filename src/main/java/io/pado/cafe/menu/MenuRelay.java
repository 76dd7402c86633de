package io.pado.cafe.menu;

import io.pado.cafe.CafeTopic;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells everybody of menus. The menu's lock keeps the events of one menu in order. */
@ApplicationScoped
public class MenuRelay {

    @Inject
    private TransactionalOutbox outbox;

    void changed(@Observes MenuChanged change) {
        outbox.add(CafeTopic.MENU_CHANGED.publication(Long.toString(change.menu().id()), change.menu()));
    }

    void soldOutChanged(@Observes SoldOutChanged change) {
        outbox.add(CafeTopic.MENU_SOLD_OUT_CHANGED.publication(Long.toString(change.menuId()), change));
    }
}

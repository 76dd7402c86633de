package io.pado.cafe.menu;

import io.pado.cafe.CafeTopic;
import io.pado.platform.http.Representation;
import io.pado.realtime.reads.NodeReads;
import io.pado.realtime.reads.SharedReads;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Set;

/** Reads the list of menus for all who ask for it. */
@ApplicationScoped
class MenuReads {

    @Inject
    private Menus menus;
    @Inject
    private NodeReads nodeReads;

    private SharedReads<Boolean, Representation> lists;

    @PostConstruct
    void make() {
        lists = nodeReads.reads(all -> Representation.of(menus.list()), Set.of(CafeTopic.MENU_CHANGED.topic(), CafeTopic.MENU_SOLD_OUT_CHANGED.topic()));
    }

    /** Has the topics heard from the start. */
    void start(@Observes Startup startup) {
    }

    void changed(@Observes(during = TransactionPhase.AFTER_COMPLETION) MenuChanged change) {
        lists.forget();
    }

    void soldOutChanged(@Observes(during = TransactionPhase.AFTER_COMPLETION) SoldOutChanged change) {
        lists.forget();
    }

    /** @return all menus, in their order */
    Representation list() {
        return lists.get(true);
    }
}

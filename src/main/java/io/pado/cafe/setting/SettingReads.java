package io.pado.cafe.setting;

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

/** Reads the list of settings for all who ask for it. */
@ApplicationScoped
class SettingReads {

    @Inject
    private Settings settings;
    @Inject
    private NodeReads nodeReads;

    private SharedReads<Boolean, Representation> lists;

    @PostConstruct
    void make() {
        lists = nodeReads.reads(all -> Representation.of(settings.list(all)), Set.of(CafeTopic.SETTINGS_CHANGED.topic(), CafeTopic.SETTINGS_INTERNAL.topic()));
    }

    /** Has the topics heard from the start. */
    void start(@Observes Startup startup) {
    }

    void changed(@Observes(during = TransactionPhase.AFTER_COMPLETION) SettingChanged change) {
        lists.forget();
    }

    /** @param all whether those too that only staff may know */
    Representation list(boolean all) {
        return lists.get(all);
    }
}

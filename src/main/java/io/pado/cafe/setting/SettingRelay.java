package io.pado.cafe.setting;

import io.pado.cafe.CafeTopic;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Tells of changed settings those who may know. The setting's lock keeps the events of one setting in order. */
@ApplicationScoped
public class SettingRelay {

    @Inject
    private TransactionalOutbox outbox;

    void changed(@Observes SettingChanged change) {
        CafeTopic topic = SettingKey.of(change.key()).open() ? CafeTopic.SETTINGS_CHANGED : CafeTopic.SETTINGS_INTERNAL;
        outbox.add(topic.publication(change.key(), change));
    }
}

package io.pado.cafe.setting;

import io.pado.identity.user.UserView;
import io.pado.platform.sql.FairLocks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done with the café's settings; each is one transaction. */
@ApplicationScoped
public class Settings {

    @PersistenceContext
    private EntityManager database;
    @Inject
    private FairLocks locks;
    @Inject
    private Clock clock;
    @Inject
    private Event<SettingChanged> changes;

    /** @param all whether those too that only staff may know */
    @Transactional
    public List<SettingView> list(boolean all) {
        Map<String, Setting> stored = database.createQuery("SELECT s FROM Setting s", Setting.class).getResultStream()
                .collect(Collectors.toMap(Setting::key, Function.identity()));
        return Arrays.stream(SettingKey.values()).filter(key -> all || key.open())
                .map(key -> SettingView.of(key, stored.get(key.key()))).toList();
    }

    @Transactional
    SettingView get(SettingKey key) {
        return SettingView.of(key, database.find(Setting.class, key.key()));
    }

    /**
     * Changes a setting; the value that it has already changes nothing and makes no event.
     *
     * @param editor who changes it
     */
    @Transactional
    SettingView put(UserView editor, SettingKey key, String value) {
        locks.alone(lockOf(key));
        Setting setting = database.find(Setting.class, key.key(), LockModeType.PESSIMISTIC_WRITE);
        if (!setting.value().equals(value)) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Editor by = new Editor(editor.id(), editor.name());
            setting.change(value, by, now);
            changes.fire(new SettingChanged(key.key(), value, by, now));
        }
        return SettingView.of(key, setting);
    }

    /** Gives the shop a name unless it has one. Nobody is told: it is called before the server is ready. */
    @Transactional
    public void nameShopFirst(String name) {
        database.createNativeQuery("UPDATE setting SET value = ? WHERE key = ? AND value = ''")
                .setParameter(1, name).setParameter(2, SettingKey.SHOP_NAME.key()).executeUpdate();
    }

    /** @return whether kiosks take orders, which stays so until the caller's transaction ends */
    @Transactional
    public boolean kioskIsActive() {
        locks.share(List.of(lockOf(SettingKey.IS_KIOSK_ACTIVE)));
        return Boolean.parseBoolean(database.find(Setting.class, SettingKey.IS_KIOSK_ACTIVE.key()).value());
    }

    private static String lockOf(SettingKey key) {
        return "setting " + key.key();
    }
}

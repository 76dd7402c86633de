package io.pado.cafe.setting;

import io.pado.platform.problem.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The settings that there are. A new one needs a row in the table {@code setting}, by a migration. */
enum SettingKey {

    /** Whether kiosks take orders. */
    IS_KIOSK_ACTIVE("is_kiosk_active", Kind.BOOLEAN, true),
    /** What the shop is called. */
    SHOP_NAME("shop_name", Kind.TEXT, true),
    /** What guests should know today. */
    NOTICE("notice", Kind.TEXT, true),
    /** What staff should know today. */
    BARISTA_NOTE("barista_note", Kind.TEXT, false);

    /** What values look like. */
    enum Kind { BOOLEAN, TEXT }

    private final String key;
    private final Kind kind;
    private final boolean open;

    SettingKey(String key, Kind kind, boolean open) {
        this.key = key;
        this.kind = kind;
        this.open = open;
    }

    /** @throws ProblemException 404 that names those there are */
    static SettingKey of(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst()
                .orElseThrow(() -> ProblemException.notFound("no-such-setting", "There is no setting of this name; there are "
                        + Arrays.stream(values()).map(SettingKey::key).collect(Collectors.joining(", ")) + '.'));
    }

    String key() {
        return key;
    }

    Kind kind() {
        return kind;
    }

    /** Whether everybody may know its value. */
    boolean open() {
        return open;
    }
}

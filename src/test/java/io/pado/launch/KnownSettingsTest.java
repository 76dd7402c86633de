package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.stores.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownSettingsTest {

    private final KnownSettings known = new KnownSettings(Map.of("pado.history.max", "1000", "pado.ai.key", "of-no-concern",
            "pado.http.port", "9080"));

    @Test
    void misspeltSettingIsFound() {
        assertThat(known.unknownIn(Settings.of(Map.of("pado.http.prot", "1", "pado.sql.url", "2", "pado.history.max", "3"))))
                .containsExactly("pado.http.prot");
    }

    @Test
    void helpListsEverySettingOnceAndNoSecret() {
        assertThat(known.help()).filteredOn(line -> line.contains("pado.http.port")).hasSize(1);
        assertThat(known.help()).anyMatch(line -> line.matches(" +pado.history.max +1000"))
                .anyMatch(line -> line.matches(" +pado.ai.key +\\(hidden\\)")).noneMatch(line -> line.contains("of-no-concern"));
    }
}

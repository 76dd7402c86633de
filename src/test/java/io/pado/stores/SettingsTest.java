package io.pado.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void systemPropertyWinsOverEnvironment() {
        Properties properties = new Properties();
        properties.setProperty("pado.sql.url", "from property");
        Settings settings = Settings.of(properties, Map.of("PADO_SQL_URL", "from environment", "PADO_REDIS_URL", "redis://there"));

        assertThat(settings.get("pado.sql.url")).contains("from property");
        assertThat(settings.get("pado.redis.url")).contains("redis://there");
    }

    @Test
    void emptyValueCountsAsNotSet() {
        assertThat(Settings.of(Map.of("pado.data", " ")).get("pado.data")).isEmpty();
    }

    @Test
    void laterSettingWins() {
        assertThat(Settings.of(Map.of("pado.node", "1")).with("pado.node", "2").get("pado.node")).contains("2");
    }

    @Test
    void foreignPropertiesAreLeftOut() {
        Properties properties = new Properties();
        properties.setProperty("user.home", "/home");
        properties.setProperty("pado.demo", "true");

        assertThat(Settings.of(properties, Map.of()).properties()).containsOnlyKeys("pado.demo");
    }

    @Test
    void environmentNameIsTheOneMicroProfileConfigReads() {
        assertThat(Settings.environmentName("pado.sql.url")).isEqualTo("PADO_SQL_URL");
        assertThat(Settings.environmentName("pado.event-log.max")).isEqualTo("PADO_EVENT_LOG_MAX");
    }

    @Test
    void portOutsideTheBoundsIsRefusedWithItsName() {
        assertThatThrownBy(() -> Settings.of(Map.of("pado.http.port", "99999")).port("pado.http.port", 1))
                .isInstanceOf(StoreFailure.class).hasMessageContaining("pado.http.port").hasMessageContaining("99999");
        assertThatThrownBy(() -> Settings.of(Map.of("pado.http.port", "http")).port("pado.http.port", 1))
                .isInstanceOf(StoreFailure.class).hasMessageContaining("'http'");
    }
}

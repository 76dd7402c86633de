package io.pado.platform.model.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.platform.model.ModelAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {

    @Test
    void withoutAnAddressThereIsNone() {
        assertThat(config(" ", "key", "m").address()).isEmpty();
    }

    @Test
    void addressIsTakenAndItsKeyDoesNotShow() {
        ModelAddress address = config(" https://api.openai.com/v1/ ", " sk-secret ", " gpt ").address().orElseThrow();

        assertThat(address).hasToString("gpt at https://api.openai.com/v1");
        assertThat(address.key()).contains("sk-secret");
        assertThat(address.isOpenAi()).isTrue();
        assertThat(config("http://localhost:11434/v1", " ", "m").address().orElseThrow().key()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:11434", "ftp://a/v1", "http://user:sk-secret@host/v1", "http://a b", "/v1"})
    void whatIsNoAddressIsRefusedWithoutItsSecrets(String url) {
        assertThatThrownBy(() -> config(url, "sk-secret", "m").address()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pado.ai.url").hasMessageNotContaining("secret");
    }

    @Test
    void keyThatIsNoneIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> config("http://a/v1", "sk-secret\nsecond", "m").address()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pado.ai.key").hasMessageNotContaining("secret");
    }

    @Test
    void modelMustBeNamed() {
        assertThatThrownBy(() -> config("http://a/v1", "", "").address()).hasMessageContaining("pado.ai.model");
    }

    private static ModelConfig config(String url, String key, String model) {
        ModelConfig config = new ModelConfig();
        config.url = Optional.of(url);
        config.key = Optional.of(key);
        config.model = Optional.of(model);
        return config;
    }
}

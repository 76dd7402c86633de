package io.pado.platform.model;

import java.net.URI;
import java.util.Optional;

/**
 * Where the model is.
 *
 * @param url   below which {@code /chat/completions} is
 * @param key   is sent as a bearer token; never shown
 * @param model its name there
 */
public record ModelAddress(URI url, Optional<String> key, String model) {

    private static final String OPENAI = "api.openai.com";

    /** @throws IllegalArgumentException if a setting has a wrong form; the key is not repeated */
    public ModelAddress {
        if (url.getHost() == null || !"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getUserInfo() != null) {
            throw new IllegalArgumentException("pado.ai.url must be http[s]://host[:port]/path, such as http://localhost:11434/v1, but is not");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("pado.ai.model must name the model to be asked, for pado.ai.url is set");
        }
        if (key.isPresent() && !key.get().chars().allMatch(character -> character > ' ' && character < 0x7F)) {
            throw new IllegalArgumentException("pado.ai.key has characters that no key has: only visible ASCII characters may be in it");
        }
    }

    /** @return whether it is OpenAI itself, which wants another name for the limit of tokens than others know */
    public boolean isOpenAi() {
        return OPENAI.equals(url.getHost());
    }

    /** @return a text of others, fit for a log: without the key, short, on one line */
    public String withoutKey(String text) {
        return key.map(secret -> text.replace(secret, "***")).orElse(text);
    }

    @Override
    public String toString() {
        return model + " at " + url;
    }
}

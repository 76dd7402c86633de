package io.pado.chat.persona;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;

/**
 * Body of a new character.
 *
 * @param name   for people
 * @param prompt who it is to be, for the language model
 * @param avatar address of a picture, or an emoji; empty for none
 */
record PersonaRequest(String name, String prompt, String avatar) {

    private static final int MAX_NAME = 100;
    private static final int MAX_PROMPT = 4_000;
    private static final int MAX_AVATAR = 500;

    /** @throws ProblemException 400 for what is not JSON or of a wrong type, 422 for what is missing or out of range */
    static PersonaRequest parse(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"name\": \"...\", \"prompt\": \"...\", \"avatar\": \"...\"}");
        String name = fields.text("name", MAX_NAME);
        String prompt = fields.lines("prompt", MAX_PROMPT);
        String avatar = fields.has("avatar") ? fields.text("avatar", MAX_AVATAR) : "";
        fields.check();
        return new PersonaRequest(name, prompt, avatar);
    }
}

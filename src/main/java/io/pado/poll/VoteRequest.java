package io.pado.poll;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.validation.constraints.NotNull;

/** Body of a vote: which option, and who votes if there is no token. */
public class VoteRequest {

    private static final int MAX_CLIENT_ID = 200;

    /** Id of the option. */
    @NotNull(message = "is missing; send the id of one of the poll's options")
    @JsonbProperty("optionId")
    public Long optionId;

    /** The voter's self-chosen name; needed without a token. */
    @JsonbProperty("client_id")
    public String clientId;

    boolean namesVoter() {
        return clientId != null && !clientId.isBlank() && clientId.length() <= MAX_CLIENT_ID
                && clientId.chars().noneMatch(Character::isISOControl);
    }
}

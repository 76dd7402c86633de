package io.pado.poll;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Body of a vote: which option, and who votes if there is no token. */
public class VoteRequest {

    /** Id of the option. */
    @NotNull(message = "is missing; send the id of one of the poll's options")
    @JsonbProperty("optionId")
    public Long optionId;

    /** The voter's self-chosen name; needed without a token. */
    @Pattern(regexp = "[^\\p{Cntrl}]{1,200}", message = "must be 1 to 200 printable characters")
    @JsonbProperty("client_id")
    public String clientId;
}

package io.pado.poll;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Body of a new poll. */
public class PollRequest {

    /** The question. */
    @NotBlank(message = "is missing")
    @Size(max = 200, message = "must be 200 characters at most")
    public String title;

    /** The answers. */
    @NotNull(message = "is missing; send 2 to 20 labels")
    @Size(min = 2, max = 20, message = "must be 2 to 20 labels")
    public List<@NotBlank(message = "must not be empty") @Size(max = 200, message = "must be 200 characters at most") String> options;

    /** Whether votes without a token are taken. */
    public boolean anonymous;
}

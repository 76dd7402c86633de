package io.pado.cafe;

import io.pado.identity.Callers;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.IdempotentCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Does the café's commands that may come twice, once. */
@ApplicationScoped
public class CafeCommands {

    @Inject
    private IdempotentCalls calls;
    @Inject
    private Callers callers;

    /**
     * @param key     the request's {@code Idempotency-Key}; empty for none. Callers without a token share theirs: they should be random
     * @param address method and path
     * @param body    what the body said, as a record
     * @param command does it, within one transaction
     * @return what it answered, now or the first time
     */
    public Response once(String key, String address, Object body, Supplier<Answer> command) {
        return calls.once(caller(), key, address + '\n' + body, command).response();
    }

    /** The same for a command that is done together with others ({@link IdempotentCalls#together}). @throws ProblemException 400 for what is no key */
    public <C> IdempotentCalls.Call<C> call(String key, String address, Object body, C command) {
        return new IdempotentCalls.Call<>(caller(), IdempotencyKey.of(key, address + '\n' + body), command);
    }

    private String caller() {
        OptionalLong user = callers.current().userId();
        return user.isPresent() ? "user:" + user.getAsLong() : "nobody";
    }
}

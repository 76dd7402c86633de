package io.pado.identity.account;

import io.pado.identity.Caller;
import io.pado.identity.ChangedRoles;
import io.pado.identity.EndedSessions;
import io.pado.identity.IdentityConfig;
import io.pado.identity.Roles;
import io.pado.identity.UserRemoved;
import io.pado.identity.token.Tokens;
import io.pado.identity.user.User;
import io.pado.identity.user.UserRights;
import io.pado.identity.user.UserView;
import io.pado.identity.user.Users;
import io.pado.platform.Batches;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What somebody does with an account: register, log in, renew the login, log out. */
@ApplicationScoped
public class Accounts {

    private static final int MAX_TOGETHER = 500;
    private static final Supplier<ProblemException> WRONG = () -> ProblemException.unauthorized("Email or password is wrong.");

    @Inject
    private Users users;
    @Inject
    private Sessions sessions;
    @Inject
    private EndedSessions ended;
    @Inject
    private UserRights rights;
    @Inject
    private ChangedRoles changed;
    @Inject
    private Passwords passwords;
    @Inject
    private AttemptStore attempts;
    @Inject
    private Tokens tokens;
    @Inject
    private IdentityConfig config;
    @Inject
    private Event<UserRemoved> removed;

    /** Those who ask at the same time share a query. */
    private final Batches<Boolean, Long, Optional<UserView>> reads = new Batches<>(MAX_TOGETHER, (all, ids) -> {
        Map<Long, UserView> found = users.views(ids);
        return ids.stream().map(id -> Batches.Outcome.done(Optional.ofNullable(found.get(id)))).toList();
    });

    /**
     * @param address of the client
     * @return the new user's first login
     * @throws ProblemException 409 if the email is taken, 429 if this address must wait
     */
    public LoginView register(String email, String name, String password, String address) {
        attempts.register(address);
        String hash = orTakenBack(() -> passwords.hash(password), () -> attempts.registerNotTried(address));
        return opened(users.add(email, name, hash, Set.of(Roles.USER)));
    }

    /**
     * @param address of the client
     * @throws ProblemException 401, the same for an unknown email and a wrong password; 429 if this account or address must wait
     */
    public LoginView login(String email, String password, String address) {
        String account = Users.normal(email);
        attempts.login(account, address);
        Optional<User> user = orTakenBack(() -> withPassword(email, password), () -> attempts.loginNotTried(account, address));
        User right = user.orElseThrow(WRONG);
        attempts.succeeded(account, address);
        return opened(right);
    }

    /** @throws ProblemException 401 if the token does not count any more */
    public LoginView renew(String refreshToken) {
        ProblemException refused = ProblemException.unauthorized("This refresh token does not count any more; log in again.");
        return view(sessions.renew(refreshToken).orElseThrow(() -> refused));
    }

    /** @throws ProblemException 401 if the caller is gone */
    public UserView me(Caller caller) {
        return reads.submit(true, caller.userId().orElseThrow())
                .orElseThrow(() -> ProblemException.unauthorized("This user does not exist any more."));
    }

    /** Ends the caller's login. */
    public void logout(Caller caller) {
        if (!caller.session().isEmpty()) {
            sessions.end(caller.session());
            ended.learn();
        }
    }

    /** Ends all logins of a user. */
    public void revoke(long userId) {
        users.find(userId).orElseThrow(() -> Users.noSuchUser(userId));
        sessions.endAll(userId);
        ended.learn();
    }

    /** Gives a user a role. It counts within a second on all nodes, for the tokens they have and for their open streams. */
    public void give(long userId, String role) {
        rights.give(userId, role);
        changed.nudge();
    }

    /** Takes a role from a user; as giving it. */
    public void take(long userId, String role) {
        rights.take(userId, role);
        changed.nudge();
    }

    /**
     * Removes a user and ends all their logins, both or none.
     *
     * @throws ProblemException 404 if there is no such user, 409 if nobody else is an admin
     */
    @Transactional
    public void delete(long userId) {
        rights.prepareRemoval(userId);
        removed.fire(new UserRemoved(userId));
        users.remove(userId);
        sessions.endAll(userId);
        ended.nudge();
    }

    private Optional<User> withPassword(String email, String password) {
        Optional<User> user = users.byEmail(email);
        return passwords.matches(password, user) ? user : Optional.empty();
    }

    /** What fails did not get as far as the password: it was no attempt. */
    private static <T> T orTakenBack(Supplier<T> work, Runnable takeBack) {
        try {
            return work.get();
        } catch (RuntimeException notTried) {
            takeBack.run();
            throw notTried;
        }
    }

    private LoginView opened(User user) {
        return view(sessions.open(user.id()).orElseThrow(WRONG));
    }

    private LoginView view(Sessions.Open open) {
        User user = open.user();
        String token = tokens.issue(user.id(), user.email(), user.roles(), open.session());
        return new LoginView(token, "bearer", config.accessLife().toSeconds(), open.refresh(), UserView.of(user));
    }
}

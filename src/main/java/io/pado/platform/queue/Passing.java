package io.pado.platform.queue;

import io.pado.platform.mongo.MongoFailures;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.redis.Refusal;
import io.pado.platform.sql.SqlFailures;
import java.util.Objects;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisException;

/** Which failures are not the job's own, so that it is given back and nothing is counted. */
final class Passing {

    private Passing() {
    }

    static boolean is(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(Passing::itself);
    }

    private static boolean itself(Throwable failure) {
        return failure instanceof JobPostponed || ofRedis(failure) || SqlFailures.mayPass(failure) || MongoFailures.mayPass(failure)
                || failure instanceof ProblemException problem && problem.problem().status() == 503;
    }

    /** A command that is wrong is wrong next time too; rights may be given. */
    private static boolean ofRedis(Throwable failure) {
        return failure instanceof JedisException && (Refusal.of(failure).filter(Refusal::isOfRights).isPresent()
                || Stream.of("ERR", "WRONGTYPE", "NOSCRIPT").noneMatch(String.valueOf(failure.getMessage())::startsWith));
    }
}

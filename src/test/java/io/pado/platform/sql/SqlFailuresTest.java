package io.pado.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.problem.ProblemException;
import io.pado.platform.problem.ProblemMapper;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.TransactionalException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {

    @ParameterizedTest
    @CsvSource({"08006", "2200H", "25006", "25P02", "26000", "28000", "28P01", "3D000", "3F000", "40001", "40P01", "42501", "42P01", "53100", "53300",
        "55P03", "57014", "57P01", "58030"})
    void whatMayPassIsUnavailable(String state) {
        ProblemException problem = ProblemMapper.problemOf(new IllegalStateException(new SQLException("no", state)));

        assertThat(problem.problem().status()).isEqualTo(503);
        assertThat(problem.retryAfter()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"2200H,2200H sequence_generator_limit_exceeded", "28000,28000 invalid_authorization_specification", "28P01,28P01 invalid_password",
        "3D000,3D000 invalid_catalog_name", "42501,42501 insufficient_privilege", "42P01,42P01 undefined_table",
        "53300,53300 too_many_connections", "53400,53400 insufficient_resources", "55P03,55P03 lock_not_available", "57014,57014 query_canceled"})
    void whatIsRefusedIsNamed(String state, String name) {
        assertThat(SqlFailures.refusal(new IllegalStateException(new SQLException("no", state)))).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"08006", "25006", "26000", "40P01", "57P01", "23505", "4", "''", ","})
    void aDatabaseThatIsAwayOrReadOnlyAndALostTransactionAreNoRefusals(String state) {
        assertThat(SqlFailures.refusal(new SQLException("no", state))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"42703,no such column", "23505,duplicate key", "22001,too long", "0A000,not supported", ",nothing known"})
    void whatStaysIsOurFault(String state, String message) {
        assertThat(ProblemMapper.problemOf(new SQLException(message, state)).problem().status()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"08006,true", "08P01,true", "57P01,true", "40001,false", "25P02,false", "57014,false", "53100,false", ",false"})
    void commitWhoseConnectionIsLostIsUnknown(String state, boolean unknown) {
        Throwable refused = new SQLException("no", state);
        Exception mixed = new HeuristicMixedException();
        mixed.initCause(new XAException().initCause(refused));

        assertThat(SqlFailures.isUnknown(new TransactionalException("", mixed))).isEqualTo(unknown);
        assertThat(SqlFailures.isUnknown(new IllegalStateException(refused))).isFalse();
    }

    @Test
    void whoseOutcomeIsUnknownMayTryAgainButIsToldSo() {
        Exception mixed = new HeuristicMixedException();
        mixed.initCause(new SQLException("lost", "08006"));

        ProblemException problem = ProblemMapper.problemOf(new TransactionalException("", mixed));

        assertThat(problem.problem().status()).isEqualTo(503);
        assertThat(problem.problem().type()).isEqualTo("urn:pado:problem:outcome-unknown");
        assertThat(problem.retryAfter()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"23505,true", "23503,false", "08006,false", ",false"})
    void whatIsTakenIsTold(String state, boolean taken) {
        assertThat(SqlFailures.isTaken(new IllegalStateException(new SQLException("no", state)))).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource("0A000,ERROR: cached plan must not change result type")
    void aPlanOfAnOldTableMayPass(String state, String message) {
        assertThat(SqlFailures.mayPass(new SQLException(message, state))).isTrue();
    }

    @Test
    void onlyADuplicateIsTakenForOne() {
        assertThat(SqlFailures.isTaken(new IllegalStateException(new SQLException("duplicate key", "23505")))).isTrue();
        assertThat(SqlFailures.isTaken(new IllegalStateException(new SQLException("read-only", "25006")))).isFalse();
        assertThat(SqlFailures.isTaken(new IllegalStateException())).isFalse();
    }
}

package io.pado.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pado.platform.problem.Problem;
import io.pado.platform.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookingRequestTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    @Test
    void slotIsThePartnerAndTheMinute() {
        String slot = request("2027-01-15T10:00:00+09:00").slot();

        assertThat(request("2027-01-15T01:00:59.999Z").slot()).isEqualTo(slot);
        assertThat(request("2027-01-15T01:01Z").slot()).isNotEqualTo(slot);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2026-11-25T09:59:59Z|passed", "2028-11-27T00:00:00Z|two years", "+999999999-01-01T00:00Z|two years",
        "-999999999-01-01T00:00Z|passed"})
    void timeThatCannotBeBookedIsRefused(String startsAt, String words) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> request(startsAt).requireAhead(NOW));

        assertThat(refusal.problem().status()).isEqualTo(422);
        assertThat(refusal.problem().errors().get(0).detail()).contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"400|partnerId|{'partnerId':'7'}", "400|partnerId|{'partnerId':7.5}", "422|partnerId|{}",
        "422|serviceName|{'serviceName':' '}", "422|serviceName|{'serviceName':'a\\ud800'}", "422|serviceName|{'serviceName':'a\\nb'}",
        "422|startsAt|{'startsAt':'tomorrow'}", "422|startsAt|{'startsAt':'2027-01-15T10:00:00'}", "422|startsAt|{'startsAt':'2027-02-30T10:00:00Z'}",
        "400|startsAt|{'startsAt':1800000000000}", "422|amount|{'amount':-1}", "422|amount|{'amount':9007199254740992}", "400|amount|{'amount':1.5}",
        "400|amount|{'amount':'free'}"})
    void wrongFieldIsNamed(int status, String field, String body) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> BookingRequest.parse(body.replace('\'', '"')));

        assertThat(refusal.problem().status()).isEqualTo(status);
        assertThat(refusal.problem().errors()).extracting(Problem.FieldError::field).contains(field);
    }

    private static BookingRequest request(String startsAt) {
        return BookingRequest.parse("{\"partnerId\":7,\"serviceName\":\"s\",\"amount\":0,\"startsAt\":\"" + startsAt + "\"}");
    }
}

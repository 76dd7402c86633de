package io.pado.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pado.platform.problem.ProblemException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepsTest {

    private static final Set<String> LEGAL = Set.of("pending confirmed PARTNER", "confirmed completed PARTNER", "pending cancelled PARTNER",
            "pending cancelled CUSTOMER", "confirmed cancelled PARTNER", "confirmed cancelled CUSTOMER", "unpaid paid PARTNER", "unpaid paid ADMIN",
            "paid refunded PARTNER", "paid refunded ADMIN");

    @Test
    void onlyTheStepsOfTheContractAreTaken() {
        for (Steps steps : new Steps[] {Steps.STATUS, Steps.PAYMENT}) {
            for (String from : steps.values()) {
                for (String to : steps.values()) {
                    for (Party party : Party.values()) {
                        boolean refused = refusal(steps, from, to, EnumSet.of(party)) != null;
                        assertThat(refused).as("%s %s %s", from, to, party).isEqualTo(!LEGAL.contains(from + ' ' + to + ' ' + party.name()));
                    }
                }
            }
        }
    }

    @Test
    void whoIsBothPartiesMayDoWhatEitherMay() {
        assertThatCode(() -> Steps.STATUS.require("pending", "confirmed", EnumSet.of(Party.CUSTOMER, Party.PARTNER))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"pending,completed,409,cancelled or confirmed", "cancelled,pending,409,final", "completed,cancelled,409,final",
        "pending,confirmed,403,a step of the partner", "PENDING,confirmed,409,none that is known", ",confirmed,409,none that is known"})
    void refusalSaysWhatIsPossible(String from, String to, int status, String words) {
        ProblemException refusal = refusal(Steps.STATUS, from, to, EnumSet.of(Party.CUSTOMER));

        assertThat(refusal.problem().status()).isEqualTo(status);
        assertThat(refusal.problem().detail()).contains(words);
    }

    private static ProblemException refusal(Steps steps, String from, String to, Set<Party> who) {
        return catchThrowableOfType(ProblemException.class, () -> steps.require(from, to, who));
    }
}

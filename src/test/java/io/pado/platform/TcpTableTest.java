package io.pado.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.TcpTable.Peer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lines as Linux prints them on a little-endian machine. */
class TcpTableTest {

    private static final String HEAD = "  12: 0100E70A:2382 0200E70A:AFC9 01 00000022:00000000 ";
    private static final String TAIL = "     0        0 10588947 1 00000000a8e3f8a0 100 0 0 10 0";

    @Test
    void peerThatDoesNotAcknowledgeIsSilent() {
        assertThat(silent(HEAD + "01:00000B54 00000006" + TAIL)).containsExactly(Peer.of("10.231.0.2", 45001));
        assertThat(silent(HEAD + "01:00000B54 0000000A" + TAIL)).hasSize(1);
    }

    @Test
    void peerThatOnlyHasNoRoomOrIsAboutToAnswerIsNot() {
        assertThat(silent(HEAD + "01:00000B54 00000005" + TAIL)).isEmpty();
        assertThat(silent(HEAD + "04:00000B54 00000009" + TAIL)).isEmpty();
        assertThat(silent(HEAD + "00:00000000 00000000" + TAIL)).isEmpty();
        assertThat(silent(HEAD.replace(" 01 ", " 06 ") + "01:00000B54 00000009" + TAIL)).isEmpty();
        assertThat(silent("")).isEmpty();
    }

    @Test
    void addressesOfBothKindsAreTheOnesOfRequests() {
        String mapped = HEAD.replace("0200E70A:AFC9", "0000000000000000FFFF00000200E70A:AFC9");
        assertThat(silent(mapped + "01:00000B54 00000006" + TAIL)).containsExactly(Peer.of("10.231.0.2", 45001));
        String six = HEAD.replace("0200E70A:AFC9", "B80D0120000000000000000001000000:AFC9");
        assertThat(silent(six + "01:00000B54 00000006" + TAIL)).containsExactly(Peer.of("2001:db8::1", 45001));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tableOfThisMachineCanBeRead() {
        assertThat(TcpTable.exists()).isTrue();
        assertThat(TcpTable.silent(1_000)).isEmpty();
    }

    @Test
    void timeoutsAreFoundByTheirName() {
        List<String> names = List.of("TcpExt: SyncookiesSent TCPTimeouts TCPLossProbes", "TcpExt: 1 42 3", "IpExt: InNoRoutes", "IpExt: 7");
        assertThat(TcpTable.timeouts(names)).hasValue(42);
        assertThat(TcpTable.timeouts(List.of("IpExt: InNoRoutes", "IpExt: 7"))).isEmpty();
        assertThat(TcpTable.timeouts(List.of())).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void timeoutsOfThisMachineAreCounted() {
        assertThat(TcpTable.timeouts()).isPresent();
    }

    private static Set<Peer> silent(String line) {
        Set<Peer> found = new HashSet<>();
        TcpTable.addIfSilent(line, 6, found);
        return found;
    }
}

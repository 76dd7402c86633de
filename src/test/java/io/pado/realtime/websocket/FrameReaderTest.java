package io.pado.realtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 6455, section 5, says of a client's frames. */
class FrameReaderTest {

    private static final int MOST = 100_000;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    private final List<String> heard = new ArrayList<>();
    private int frames;
    private int mostFrames = Integer.MAX_VALUE;
    private FrameReader reader;
    private final FrameReader.Listener listener = new FrameReader.Listener() {

        @Override
        public void text(String text) {
            heard.add(text);
        }

        @Override
        public boolean frame() {
            return frames++ < mostFrames;
        }

        @Override
        public void ping(byte[] payload) {
            heard.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void closed(int code) {
            heard.add("closed " + code);
        }
    };

    @BeforeEach
    void setUp() {
        reader = new FrameReader(MOST, listener);
    }

    @Test
    void frameOfTheRfcsOwnExampleIsRead() throws FrameReader.Violation {
        byte[] hello = {(byte) 0x81, (byte) 0x85, 0x37, (byte) 0xfa, 0x21, 0x3d, 0x7f, (byte) 0x9f, 0x4d, 0x51, 0x58};
        reader.read(hello, hello.length);
        assertThat(heard).containsExactly("Hello");
    }

    @Test
    void messageThatBeginsWhereAnotherEndsHasBegunThen() throws FrameReader.Violation {
        byte[] text = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'};
        byte[] fragment = {0x01, (byte) 0x81, 0, 0, 0, 0, 'a'};
        byte[] ping = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
        reader.read(text, 3);
        assertThat(reader.ended()).isZero();
        byte[] rest = {0, 0, 0, 'a', (byte) 0x81};
        reader.read(rest, rest.length);
        assertThat(reader.ended()).isEqualTo(1);
        assertThat(reader.unfinished()).isPositive();

        reader = new FrameReader(MOST, listener);
        reader.read(fragment, fragment.length);
        reader.read(ping, ping.length);
        assertThat(reader.ended()).as("a ping in the middle ends no message").isZero();
        assertThat(reader.unfinished()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, MOST})
    void textsOfEveryLengthAreReadWhateverThePortions(int length) throws FrameReader.Violation {
        String text = "x".repeat(length);
        for (int portion : new int[] {1, 7, 4_096, 1_000_000}) {
            heard.clear();
            read(portion, frame(FINAL | Frames.TEXT, text.getBytes(StandardCharsets.UTF_8)), frame(FINAL | Frames.TEXT, bytes("end")));
            assertThat(heard).containsExactly(text, "end");
        }
    }

    @Test
    void fragmentsArePutTogetherAroundControlFrames() throws FrameReader.Violation {
        byte[] wave = bytes("파도");
        read(3, frame(Frames.TEXT, slice(wave, 0, 2)), frame(FINAL | Frames.PING, bytes("p")),
                frame(Frames.CONTINUATION, slice(wave, 2, 5)), frame(FINAL | Frames.PONG, bytes("unasked")),
                frame(FINAL | Frames.CONTINUATION, slice(wave, 5, wave.length)));
        assertThat(heard).containsExactly("ping p", "파도");
    }

    @Test
    void binaryMessagesAreRefusedBeforeTheyCome() {
        assertViolation(1003, slice(frame(FINAL | Frames.BINARY, bytes("x")), 0, 6));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x88, 0x89, 0x8A})
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void controlFramesOfNegativeLengthAreRefused(int first) {
        for (int high : new int[] {0x80, 0xFF}) {
            setUp();
            assertViolation(1002, new byte[] {(byte) first, (byte) 0xFF, (byte) high, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void lengthsMustBeAsShortAsTheyCanBe() {
        assertViolation(1002, new byte[] {(byte) (FINAL | Frames.TEXT), (byte) (MASKED | 126), 0, 1, 0, 0, 0, 0, 'x'});
        setUp();
        assertViolation(1002, new byte[] {(byte) (FINAL | Frames.TEXT), (byte) (MASKED | 127), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 'x'});
    }

    @Test
    void headIsRefusedAsSoonAsItIsWrong() {
        assertViolation(1002, new byte[] {(byte) 0xC1, (byte) MASKED});
    }

    @Test
    void nothingIsReadAfterAFrameThatWasOneTooMany() throws FrameReader.Violation {
        mostFrames = 2;
        read(100, frame(FINAL | Frames.TEXT, bytes("a")), frame(FINAL | Frames.PONG, bytes("")), frame(FINAL | Frames.TEXT, bytes("b")));
        assertThat(heard).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({"c328,2", "eda080,2", "e08080,2", "f4908080,2", "f0808080,2", "c080,1", "ff,1", "61626380,4", "f09f98,4"})
    void byteThatIsNoUtf8IsRefusedWhenItComes(String hex, int at) throws FrameReader.Violation {
        byte[] text = HexFormat.of().parseHex(hex);
        for (int portion : new int[] {1, 2, 100}) {
            setUp();
            byte[] frame = frame(Frames.TEXT, text);
            int good = frame.length - text.length + at - 1;
            read(portion, slice(frame, 0, Math.min(good, frame.length)));
            if (at <= text.length) {
                assertViolation(1007, slice(frame, good, good + 1));
            } else {
                assertViolation(1007, frame(FINAL | Frames.CONTINUATION, new byte[0]));
            }
        }
    }

    @Test
    void textIsReadWhereverItIsCut() throws FrameReader.Violation {
        String text = "a é 파도 😀 \uFFFF";
        for (int portion = 1; portion < 12; portion++) {
            heard.clear();
            byte[] all = bytes(text);
            List<byte[]> fragments = new ArrayList<>();
            for (int at = 0; at < all.length; at += portion) {
                boolean end = at + portion >= all.length;
                fragments.add(frame((end ? FINAL : 0) | (at == 0 ? Frames.TEXT : Frames.CONTINUATION), slice(all, at, Math.min(all.length, at + portion))));
            }
            read(portion, fragments.toArray(byte[][]::new));
            assertThat(heard).containsExactly(text);
            assertThat(reader.unfinished()).isZero();
        }
    }

    @Test
    void reasonOfACloseMustBeUtf8() {
        assertViolation(1007, frame(FINAL | Frames.CLOSE, new byte[] {0x03, (byte) 0xe8, (byte) 0xc3}));
    }

    @Test
    void whatHasBegunIsCounted() throws FrameReader.Violation {
        read(100, new byte[] {(byte) 0x81});
        assertThat(reader.unfinished()).isPositive();
        setUp();
        read(10_000, frame(Frames.TEXT, new byte[1_000]));
        assertThat(reader.unfinished()).isGreaterThan(1_000);
    }

    @Test
    void textCountsAsWhatItTakesInMemory() throws FrameReader.Violation {
        read(4_096, frame(Frames.TEXT, bytes("x".repeat(50_000))));
        assertThat(reader.unfinished()).isBetween(50_000, 101_000);
        // One that is no ASCII, and Java takes two bytes for each; so it is from its first byte on.
        read(4_096, frame(Frames.CONTINUATION, bytes("파")));
        assertThat(reader.unfinished()).isBetween(100_000, 202_000);
        reader.forget();
        assertThat(reader.unfinished()).isZero();
    }

    @Test
    void closeIsReadWithAndWithoutACode() throws FrameReader.Violation {
        read(100, frame(FINAL | Frames.CLOSE, new byte[0]), frame(FINAL | Frames.CLOSE, new byte[] {0x03, (byte) 0xe8, 'b', 'y', 'e'}));
        assertThat(heard).containsExactly("closed 1005", "closed 1000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1_004, 1_005, 1_006, 1_015, 2_999, 5_000, 65_535})
    void closeCodesThatMayNotBeSentAreRefused(int code) {
        assertViolation(1002, frame(FINAL | Frames.CLOSE, ByteBuffer.allocate(2).putShort((short) code).array()));
        assertThat(heard).isEmpty();
    }

    @Test
    void messageThatIsTooLongIsNotEvenCollected() throws FrameReader.Violation {
        assertViolation(1009, frame(FINAL | Frames.TEXT, new byte[MOST + 1]));
    }

    @Test
    void fragmentsTogetherMayNotBeTooLongEither() throws FrameReader.Violation {
        read(MOST, frame(Frames.TEXT, new byte[MOST]));
        assertViolation(1009, frame(Frames.CONTINUATION, new byte[1]));
    }

    @Test
    void announcedLengthBeyondAllBoundsIsRefused() {
        assertViolation(1009, new byte[] {(byte) (FINAL | Frames.TEXT), (byte) (MASKED | 127), (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4});
        assertThat(heard).isEmpty();
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        assertViolation(1007, frame(FINAL | Frames.TEXT, new byte[] {(byte) 0xc3, 0x28}));
    }

    @ParameterizedTest
    @CsvSource({"0xC1", "0x83", "0x8B", "0x80", "0x09"})
    void headsThatBreakTheRulesAreRefused(String first) {
        assertViolation(1002, frame(Integer.decode(first), bytes("x")));
    }

    @Test
    void framesMustBeMasked() {
        assertViolation(1002, new byte[] {(byte) (FINAL | Frames.TEXT), 1, 'x', 0, 0, 0, 0});
    }

    @Test
    void controlFramesMustBeShort() {
        assertViolation(1002, frame(FINAL | Frames.PING, new byte[126]));
        assertThat(heard).isEmpty();
    }

    @Test
    void newMessageMayNotBeginWithinAnother() throws FrameReader.Violation {
        read(10, frame(Frames.TEXT, bytes("a")));
        assertViolation(1002, frame(FINAL | Frames.TEXT, bytes("b")));
    }

    @Test
    void ownFramesHaveTheFormOfAServers() {
        assertThat(framed("Hello")).containsExactly(0x81, 0x05, 'H', 'e', 'l', 'l', 'o');
        assertThat(framed("x".repeat(256))).startsWith(0x81, 0x7E, 0x01, 0x00).hasSize(260);
        assertThat(framed("x".repeat(65_536))).startsWith(0x81, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0).hasSize(65_546);
        assertThat(Frames.close(1012, "stopping")).startsWith(0x88, 10, 0x03, 0xF4).endsWith('i', 'n', 'g');
        assertThat(Frames.close(1000, "x".repeat(500))).hasSize(127);
    }

    @Test
    void handshakeAnswersAsInTheRfcsExample() {
        assertThat(Handshake.accepted("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @Test
    void textsAreFramedAndControlFramesAreFramesAlready() {
        assertThat(framed("안녕")).startsWith(0x81, 6);
        assertThat(framed("")).containsExactly(0x81, 0);
        assertThat(Frames.framed(Frames.ping())).containsExactly(0x89, 0);
        assertThat(Frames.framed(Frames.pong(bytes("p")))).containsExactly(0x8A, 1, 'p');
    }

    private static byte[] framed(String text) {
        return Frames.framed(Frames.text(text));
    }

    private void assertViolation(int code, byte[] bytes) {
        assertThatThrownBy(() -> reader.read(bytes, bytes.length))
                .isInstanceOfSatisfying(FrameReader.Violation.class, broken -> assertThat(broken.code()).isEqualTo(code));
    }

    private void read(int portion, byte[]... frames) throws FrameReader.Violation {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        byte[] bytes = all.toByteArray();
        for (int at = 0; at < bytes.length; at += portion) {
            byte[] part = slice(bytes, at, Math.min(bytes.length, at + portion));
            reader.read(part, part.length);
        }
    }

    private static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        byte[] mask = {1, (byte) 0xfe, 3, 4};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        return slice(frame.array(), 0, frame.position());
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

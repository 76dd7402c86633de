package io.pado.platform.model.scripted;

import io.pado.platform.model.ModelMessage;
import io.pado.platform.model.ModelMessage.Role;
import io.pado.platform.model.ModelQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the scripted model says: in Korean if the last message of the person has Korean in it, else in English. It names the longest word of that
 * message, tells greetings, thanks, questions and statements apart, and says more if asked for: "12 sentences", "12문장", "in detail", "자세히". It
 * takes the name of who it is from the instructions ("Your name is Pado.", "You are Pado,", "이름은 파도", "당신은 파도입니다"), and nothing else of them.
 * Where many speak, the name of who says it stands before a message ("손님: hello"), and is no part of it.
 */
final class ScriptedAnswer {

    private static final int FEW = 4;
    private static final int MANY = 12;
    private static final int MOST = 200;
    private static final int MAX_OF_WORD = 20;
    private static final int CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final Pattern SPEAKER = Pattern.compile("^[^:\\n]{1,100}: (?=\\S)");
    private static final Pattern KOREAN = Pattern.compile("\\p{IsHangul}");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,3})\\s*(?:sentences|문장)", CASE);
    private static final Pattern DETAIL = Pattern.compile("\\b(?:in detail|long)\\b|자세히|길게", CASE);
    private static final Pattern GREETING = Pattern.compile("^\\W*(?:hi|hello|hey|good (?:morning|evening))\\b|안녕|반가", CASE);
    private static final Pattern THANKS = Pattern.compile("\\bthank|고마|감사", CASE);
    private static final Pattern ASKING = Pattern.compile("[?？]|^\\W*(?:what|how|why|who|when|where|which|can|could|is|are|do|does|tell|explain)\\b"
            + "|알려|설명|뭐|무엇|어떻게|왜|누구|언제|어디", CASE);
    private static final Pattern NAME = Pattern.compile("(?:[Yy]our name is|Name:|이름은|이름:)\\s*[\"'“‘]?([\\p{L}\\p{N}]{1,20}?(?: [\\p{Lu}\\p{N}][\\p{L}\\p{N}]{0,19})?)"
            + "(?:[\"'”’]|입니다|이다|이에요|예요|이야|[,.;!\\n]|$)"
            + "|You are (\\p{Lu}[\\p{L}\\p{N}]{0,19}(?: \\p{Lu}[\\p{L}\\p{N}]{0,19})?)[,.;!\\n]"
            + "|(?:당신은|너는) ([\\p{L}\\p{N}]{1,10}?)(?:입니다|이다|이야|야)[.,!\\s]");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NO_TOPIC = Pattern.compile("about|tell|please|would|could|should|there|their|where|which|what|when|with|have|from|this|that"
            + "|your|explain|sentences?|detail|hello|thanks?|\\d+.*|대해|대한|안녕.*|감사.*|고마.*|자세히|길게|.*문장.*|.*[요까다니해줘죠]", CASE);
    private static final Pattern PARTICLE = Pattern.compile("(?<=..)(?:에서|에게|으로|은|는|이|가|을|를|에|의|와|과|도|로)$");

    private final String asked;
    private final Optional<String> name;
    private final ScriptedTexts texts;

    ScriptedAnswer(ModelQuestion question) {
        asked = SPEAKER.matcher(last(question, Role.USER)).replaceFirst("");
        name = name(last(question, Role.SYSTEM));
        texts = KOREAN.matcher(asked).find() ? ScriptedTexts.KOREAN : ScriptedTexts.ENGLISH;
    }

    /** @return the words in their order, each but the last with the space behind it */
    List<String> words() {
        return Arrays.asList(String.join(" ", sentences()).split("(?<= )"));
    }

    private List<String> sentences() {
        Stream<String> begin = Stream.of(name.map(texts::here), Optional.of(reaction()), Optional.of(texts.disclosure())).flatMap(Optional::stream);
        int first = Math.floorMod(asked.hashCode(), texts.further().size());
        Stream<String> further = IntStream.range(first, first + MOST).mapToObj(number -> texts.further().get(number % texts.further().size()));
        return Stream.concat(begin, further).limit(length()).toList();
    }

    private int length() {
        Matcher count = COUNT.matcher(asked);
        if (count.find()) {
            return Math.max(1, Math.min(MOST, Integer.parseInt(count.group(1))));
        }
        return DETAIL.matcher(asked).find() ? MANY : FEW + Math.floorMod(asked.hashCode(), 2);
    }

    private String reaction() {
        if (GREETING.matcher(asked).find()) {
            return texts.greeting();
        }
        if (THANKS.matcher(asked).find()) {
            return texts.thanks();
        }
        boolean question = ASKING.matcher(asked).find();
        return topic().map(word -> texts.about(word, question)).orElseGet(texts::read);
    }

    private Optional<String> topic() {
        return NO_WORD.splitAsStream(asked)
                .filter(word -> word.length() > 1 && word.length() <= MAX_OF_WORD && !NO_TOPIC.matcher(word).matches())
                .reduce((longest, word) -> word.length() > longest.length() ? word : longest)
                .map(word -> PARTICLE.matcher(word).replaceFirst(""));
    }

    private static Optional<String> name(String instructions) {
        Matcher named = NAME.matcher(instructions);
        return named.find() ? IntStream.rangeClosed(1, named.groupCount()).mapToObj(named::group).filter(group -> group != null).findFirst()
                : Optional.empty();
    }

    private static String last(ModelQuestion question, Role role) {
        return question.messages().stream().filter(message -> message.role() == role).map(ModelMessage::text)
                .reduce((earlier, later) -> role == Role.SYSTEM ? earlier : later).orElse("");
    }
}

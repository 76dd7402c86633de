package io.pado.platform.model.openai;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.pado.platform.Texts;
import io.pado.platform.model.LanguageModel;
import io.pado.platform.model.ModelAddress;
import io.pado.platform.model.ModelCall;
import io.pado.platform.model.ModelFailure;
import io.pado.platform.model.ModelLimits;
import io.pado.platform.model.ModelListener;
import io.pado.platform.model.ModelMessage;
import io.pado.platform.model.ModelQuestion;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A model behind an address that speaks the protocol of OpenAI. Thread-safe. */
public final class OpenAiModel implements LanguageModel {

    private static final Logger LOG = Logger.getLogger(OpenAiModel.class.getName());
    private static final String UNUSED = "unused";
    private static final String ANSWERS = "answers";
    private static final int MAX_OF_CAUSE = 300;

    private final ModelAddress address;
    private final ModelLimits limits;
    private final Wiring wiring;
    private final AtomicReference<String> state = new AtomicReference<>(UNUSED);

    public OpenAiModel(ModelAddress address, ModelLimits limits, Wiring wiring) {
        this.address = address;
        this.limits = limits;
        this.wiring = wiring;
    }

    @Override
    public ModelCall start(ModelQuestion question, ModelListener listener) {
        OpenAiCall call = new OpenAiCall(this, question, listener);
        call.ask();
        return call;
    }

    @Override
    public String name() {
        return address.model();
    }

    @Override
    public String state() {
        return state.get();
    }

    ModelLimits limits() {
        return limits;
    }

    Wiring wiring() {
        return wiring;
    }

    void ask(ModelQuestion question, Attempt attempt) {
        chat(question, attempt.http(), attempt);
    }

    /** Loads the classes that an answer needs, which takes more than a second; sends nothing. */
    public void warmUp() {
        chat(ModelQuestion.of(ModelMessage.user("?")), new CannedAnswer(), new CannedAnswer.Unheard());
    }

    /** A model object for each call is how a call gets an HTTP client of its own; it takes less than 0.1 ms. */
    private void chat(ModelQuestion question, HttpClient http, StreamingChatResponseHandler handler) {
        StreamingChatModel model = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new GivenClient(http))
                .baseUrl(address.url().toString())
                .apiKey(address.key().orElse(null))
                .modelName(address.model())
                .build();
        model.chat(request(question), handler);
    }

    private ChatRequest request(ModelQuestion question) {
        OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
        question.maxTokens().ifPresent(most -> {
            if (address.isOpenAi()) {
                parameters.maxCompletionTokens(most);
            } else {
                parameters.maxOutputTokens(most);
            }
        });
        return ChatRequest.builder()
                .messages(question.messages().stream().map(OpenAiModel::message).toList())
                .parameters(parameters.build())
                .build();
    }

    private static ChatMessage message(ModelMessage message) {
        return switch (message.role()) {
            case SYSTEM -> SystemMessage.from(message.text());
            case USER -> UserMessage.from(message.text());
            case ASSISTANT -> AiMessage.from(message.text());
        };
    }

    void answered() {
        String before = state.getAndSet(ANSWERS);
        if (!before.equals(ANSWERS) && !before.equals(UNUSED)) {
            LOG.log(Level.INFO, "The language model answers again: {0}", address);
        }
    }

    /** Logs the first of a series only. */
    void failed(ModelFailure failure, Optional<Throwable> cause) {
        String before = state.getAndSet(failure.code());
        if (!before.equals(failure.code())) {
            LOG.log(Level.WARNING, "The language model fails: {0}: {1}{2}",
                    new Object[] {address, failure.code(), cause.map(thrown -> "; " + shown(thrown)).orElse("")});
        }
    }

    private String shown(Throwable thrown) {
        String said = String.valueOf(Failures.cause(thrown, StatusException.class)
                .map(status -> status.statusCode() + " " + status.getMessage()).orElse(thrown.toString()));
        return Texts.cleaned(address.withoutKey(said), MAX_OF_CAUSE);
    }
}

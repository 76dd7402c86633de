package io.pado.platform.model;

/** The configured language model, or the scripted one. A bean; thread-safe. */
public interface LanguageModel {

    /**
     * Begins an answer and returns at once, whatever the model does; nothing is thrown because of the model.
     *
     * @param question what is asked
     * @param listener hears the answer; possibly before this method has returned
     * @return by which the answer can be stopped
     */
    ModelCall start(ModelQuestion question, ModelListener listener);

    /** @return name of the model, as it is configured; {@code scripted} for the one that is none */
    String name();

    /** @return how it went lately, for operators: {@code scripted}, {@code unused}, {@code answers}, or the code of the last failure */
    String state();
}

/**
 * A language model that streams: {@link io.pado.platform.model.LanguageModel}, to be injected. It is a real one behind an address that speaks the
 * protocol of OpenAI, or a scripted one when no address is configured. Nobody else uses LangChain4j. What is asked, and what becomes of the
 * answer, is the features' business.
 */
package io.pado.platform.model;

/**
 * A language model that streams: {@link io.pado.platform.model.LanguageModel}, to be injected. What is asked, and what becomes of the
 * answer, is the features' business.
 */
package io.pado.platform.model;

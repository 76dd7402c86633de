/** A real model behind an address that speaks the protocol of OpenAI. Nobody else uses LangChain4j. */
package io.pado.platform.model.openai;

/**
 * AI answers (system 3): a question is a run, whose events come on the asker's {@code ai} channel and on a stream of its own. Also the same runs as the
 * UI message stream that {@code useChat} of the Vercel AI SDK reads.
 *
 * <p>May use: run, channel, realtime, identity, platform.
 */
package io.pado.ai;

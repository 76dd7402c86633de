/** The threads that write to readers, and may have to wait for them: {@link io.pado.realtime.Writers}. */
package io.pado.realtime.writer;

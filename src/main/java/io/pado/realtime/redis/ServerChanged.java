package io.pado.realtime.redis;

/** CDI event: commands go to another server of Redis now, or to one that has another part; who listens must do so anew. */
public record ServerChanged() {
}

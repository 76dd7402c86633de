package io.pado.platform.model;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all calls of a model share.
 *
 * @param http      speaks HTTP/1.1, so that to close a call closes a connection and nothing else
 * @param executor  reads what comes; never held
 * @param listeners on which listeners are called
 * @param timer     for what has to happen later, and never waits itself
 * @param clock     for dates that the model names
 */
record Wiring(HttpClient http, Executor executor, Executor listeners, ScheduledExecutorService timer, Clock clock) {}

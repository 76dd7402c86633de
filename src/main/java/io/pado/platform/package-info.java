/**
 * What every component stands on: background loops, batches, time, settings. Its parts: JSON ({@code .json}), problems ({@code .problem}),
 * what requests have in common ({@code .http}), where they come from ({@code .proxy}), the clients of the stores ({@code .sql}, {@code
 * .redis}, {@code .mongo}), a language model ({@code .model}), the work queue ({@code .queue}). No business word in here.
 */
package io.pado.platform;

package io.pado.platform.model;

/**
 * What an answer took, as the model counts.
 *
 * @param inputTokens  of the question
 * @param outputTokens of the answer
 */
public record ModelUsage(long inputTokens, long outputTokens) {}

package io.pado.poll;

/**
 * One vote that somebody casts.
 *
 * @param voter    whose
 * @param optionId for what
 */
record Ballot(Voter voter, long optionId) {
}

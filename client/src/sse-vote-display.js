'use client';

import {createElement, useEffect, useState} from 'react';
import {ask} from './request.js';
import {useVoteSSE} from './use-sse.js';

/**
 * @typedef {object} Poll
 * @property {number} pollId
 * @property {string} title
 * @property {boolean} closed
 * @property {number} totalVotes
 * @property {{id: number, label: string, votes: number, percent: number}[]} options
 * @property {number} version  grows with each change
 */

/**
 * The votes as they are counted: a bar for each option. It has no colours of its own; `pado-votes`, `pado-poll` and `pado-option` are its classes.
 *
 * @param {{clientId: string | number | null | undefined, onVoteUpdate?: (poll: Poll) => void, pollId?: number, server?: string | URL, fetch?: typeof fetch}
 *     & import('./use-sse.js').SSEOptions} props  `pollId`: only this poll
 */
export function SSEVoteDisplay({clientId, onVoteUpdate, pollId, server, fetch, ...more}) {
  const [polls, setPolls] = useState(/** @type {Poll[]} */ ([]));
  const [problem, setProblem] = useState(/** @type {string | null} */ (null));
  const {isConnected} = useVoteSSE(clientId, poll => {
    if (isPoll(poll) && (pollId === undefined || poll.pollId === pollId)) {
      setPolls(all => withPoll(all, poll));
    }
    onVoteUpdate?.(poll);
  }, more);
  const {token} = more;
  useEffect(() => {
    const stop = new AbortController();
    if (isConnected) {
      // What was counted before the line was open. Of two states of a poll the newer one stays.
      ask('GET', pollId === undefined ? '/api/polls' : `/api/polls/${pollId}`, {token, server, fetch, signal: stop.signal})
        .then(answer => answer.json())
        .then(found => {
          setPolls(all => [found].flat().reduceRight(withPoll, all));
          setProblem(null);
        })
        .catch(error => stop.signal.aborted || setProblem(error.message));
    }
    return () => stop.abort();
  }, [isConnected, pollId, token, String(server)]);
  return createElement('section', {className: 'pado-votes', 'aria-busy': !isConnected},
    problem !== null && createElement('p', {role: 'alert'}, problem),
    polls.map(poll => createElement('article', {key: poll.pollId, className: 'pado-poll', 'data-closed': poll.closed},
      createElement('h3', null, poll.title),
      poll.options.map(({id, label, votes, percent}) => createElement('label', {key: id, className: 'pado-option'},
        createElement('span', null, label), createElement('meter', {min: 0, max: 100, value: percent}),
        createElement('span', null, `${votes} (${percent}%)`))))));
}

/** @param {any} poll  a foreign program may send anything */
function isPoll(poll) {
  return typeof poll?.pollId === 'number' && Array.isArray(poll.options);
}

/**
 * @param {Poll[]} polls  newest first
 * @param {Poll} poll
 */
function withPoll(polls, poll) {
  const before = polls.find(each => each.pollId === poll.pollId);
  return before === undefined ? [poll, ...polls].sort((a, b) => b.pollId - a.pollId)
    : before.version >= poll.version ? polls : polls.map(each => each === before ? poll : each);
}

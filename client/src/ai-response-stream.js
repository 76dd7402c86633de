'use client';

import {createElement, useEffect, useRef, useState} from 'react';
import {Run} from './run.js';
import {Typing} from './typing.js';
import {useAISSE} from './use-sse.js';

const CURSOR = '▋';

/**
 * @typedef {{runId: string | undefined, next: number, text: string, run: Run | null}} Reading  `next`: the piece that comes next
 */

/** What an answer is before the first one. @returns {Reading} */
const nothing = () => ({runId: undefined, next: 0, text: '', run: null});

/**
 * The newest answer on the client's `ai` channel, typed as it comes. If its begin was missed (the page came later), the text so far is fetched.
 *
 * @param {{clientId: string | number | null | undefined, onComplete?: (response: string) => void, onError?: (error: any) => void,
 *     server?: string | URL, fetch?: typeof fetch} & import('./use-sse.js').SSEOptions} props  `onComplete` gets the whole text
 */
export function AIResponseStream({clientId, onComplete, onError, server, fetch, ...more}) {
  const [{text, isTyping}, setTyped] = useState({text: '', isTyping: false});
  const [{isUnderWay, problem}, setState] = useState({isUnderWay: false, problem: /** @type {string | null} */ (null)});
  const [typing] = useState(() => new Typing((now, isOn) => setTyped({text: now, isTyping: isOn})));
  const reading = useRef(nothing());
  useEffect(() => () => {
    reading.current.run?.close();
    reading.current = nothing();
  }, [clientId]);
  const {isConnected} = useAISSE(clientId, event => {
    const {current} = reading;
    const {type, index, content = '', runId} = event;
    const isOther = current.runId !== undefined && current.runId !== runId;
    if (isOther && index !== 0) {
      // The answer to an older question; the newest one is shown.
      return;
    }
    if (type === 'ai_response') {
      const answer = runId === current.runId ? current : begin(reading, runId);
      if (index === undefined || index === answer.next) {
        answer.next++;
        answer.text += content;
      } else if (index > answer.next && answer.run === null) {
        fetchSoFar(answer);
      }
      answer.run === null && typing.to(answer.text);
      setState({isUnderWay: true, problem: null});
    } else if (type === 'ai_status') {
      setState({isUnderWay: true, problem: null});
    } else if (type === 'ai_complete' || type === 'ai_error') {
      end(event);
    }
  }, more);

  /** @param {Reading} answer */
  function fetchSoFar(answer) {
    answer.run = Run.ofQuestion(String(answer.runId), {clientId: String(clientId), token: more.token, server, fetch, network: more.network});
    answer.run.on('change', ({text: now, state}) => answer === reading.current && state === 'streaming' && typing.to(now));
  }

  /** @param {any} event */
  function end({type, content, message, ...rest}) {
    reading.current.run?.close();
    reading.current = nothing();
    typing.to(content ?? '');
    setState({isUnderWay: false, problem: type === 'ai_error' ? message : null});
    type === 'ai_error' ? onError?.({...rest, message, content}) : onComplete?.(content);
  }

  return createElement('div', {className: 'pado-answer', 'aria-live': 'polite', 'aria-busy': isUnderWay, 'data-connected': isConnected},
    createElement('span', {className: 'pado-answer-text', style: {whiteSpace: 'pre-wrap'}}, text),
    (isUnderWay || isTyping) && createElement('span', {className: 'pado-cursor', 'aria-hidden': true}, CURSOR),
    problem !== null && createElement('p', {role: 'alert'}, problem));
}

/**
 * @param {{current: Reading}} reading
 * @param {string | undefined} runId
 */
function begin(reading, runId) {
  reading.current.run?.close();
  reading.current = {...nothing(), runId};
  return reading.current;
}

/**
 * A line to the server as it is, without the client library: what comes is shown as it comes.
 *
 * @typedef {{frame: (text: string, kind?: 'come' | 'sent' | 'ended') => void, open: () => void, ended: (why: string) => void}} Hears
 */

/** @param {string} topic @param {string | null} bearer @param {Hears} hears @returns {() => void} ends it */
export function openSse(topic, bearer, hears) {
  const abort = new AbortController();
  read(topic, bearer, hears, abort.signal).then(hears.ended, error => abort.signal.aborted || hears.ended(String(error.message ?? error)));
  return () => abort.abort();
}

/** @param {string} topic @param {string | null} bearer @param {Hears} hears @param {AbortSignal} signal @returns {Promise<string>} why it ended */
async function read(topic, bearer, hears, signal) {
  const response = await fetch(`/api/stream?topic=${encodeURIComponent(topic)}`,
    {signal, cache: 'no-store', credentials: 'omit', headers: {Accept: 'text/event-stream', ...bearer !== null && {Authorization: `Bearer ${bearer}`}}});
  if (!response.ok || response.body === null) {
    return `HTTP ${response.status}\n${await response.text()}`;
  }
  hears.open();
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const frames = (rest + part.value).split('\n\n');
    rest = frames.pop() ?? '';
    // A comment is a line, and no event.
    frames.flatMap(frame => frame.split(/\n(?=:)/)).filter(frame => frame.trim() !== '').forEach(frame => hears.frame(frame.trim()));
    if (/^:[^\n]*\n$/.test(rest)) {
      hears.frame(rest.trim());
      rest = '';
    }
  }
  return '';
}

/** @param {string} topic @param {string | null} bearer @param {Hears} hears @returns {() => void} ends it */
export function openWebSocket(topic, bearer, hears) {
  const socket = new WebSocket('/live', bearer === null ? ['pado'] : ['pado', `bearer.${bearer}`]);
  socket.addEventListener('open', () => {
    const text = JSON.stringify({type: 'subscribe', topics: [topic]});
    hears.open();
    hears.frame(text, 'sent');
    socket.send(text);
  });
  socket.addEventListener('message', ({data}) => hears.frame(data));
  socket.addEventListener('close', ({code, reason}) => hears.ended(`${code} ${reason}`.trim()));
  return () => socket.close();
}

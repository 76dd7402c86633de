/** What somebody types to do the same elsewhere. `$TOKEN` stands for their token, which is shown nowhere. */

/** @param {string} text  for a shell, in single quotes */
const quoted = text => `'${text.replace(/'/g, `'\\''`)}'`;

/**
 * @param {'sse' | 'websocket'} transport
 * @param {string} topic
 * @param {boolean} known  whether somebody is logged in
 */
export function listenCode(transport, topic, known) {
  const bearer = known ? ' -H "Authorization: Bearer $TOKEN"' : '';
  const options = known ? ', {token: () => token}' : '';
  const address = `${location.origin}/api/stream?topic=${encodeURIComponent(topic).replace(/%3A/g, ':')}`;
  return transport === 'sse' ? {
    curl: `curl -N${bearer} ${quoted(address)}`,
    sdk: `import {connect, Stream} from 'pado-client';

const connection = connect(Stream.ofTopics([${JSON.stringify(topic)}])${options});
connection.on('event', ({event, data}) => console.log(event, data));`,
  } : {
    curl: `# curl 8.11 or later
curl -N${bearer} -T - ${quoted(`${location.origin.replace(/^http/, 'ws')}/live`)}
${JSON.stringify({type: 'subscribe', topics: [topic]})}`,
    sdk: `import {connect, Live} from 'pado-client';

const connection = connect(new Live({topics: [${JSON.stringify(topic)}]})${options});
connection.on('event', ({event, data}) => console.log(event, data));`,
  };
}

/**
 * @param {string} topic
 * @param {{event: string, key?: string, data: unknown}} body
 */
export function publishCode(topic, body) {
  const text = JSON.stringify(body);
  const path = `/api/topics/${encodeURIComponent(topic).replace(/%3A/g, ':')}/events`;
  return {
    curl: `curl -X POST ${quoted(location.origin + path)} -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -d ${quoted(text)}`,
    sdk: `await fetch(${JSON.stringify(path)}, {
  method: 'POST',
  headers: {'Content-Type': 'application/json', Authorization: \`Bearer \${token}\`},
  body: JSON.stringify(${text}),
});`,
  };
}

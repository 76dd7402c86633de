'use strict';

// Event streams and WebSockets as Node's most used packages give them: one process, one topic, no history.
const http = require('node:http');
const express = require('express');
const { WebSocketServer } = require('ws');

const BACKLOG = 4096;
const streams = new Set();
const app = express();
app.disable('x-powered-by');

app.get('/events', (request, response) => {
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.flushHeaders();
  streams.add(response);
  request.on('close', () => streams.delete(response));
});

const server = http.createServer(app);
// The publisher keeps its one connection, however long nothing is published.
server.keepAliveTimeout = 0;
const sockets = new WebSocketServer({ server, path: '/socket', perMessageDeflate: false });

app.post('/publish', express.text({ type: 'application/json' }), (request, response) => {
  const event = `data: ${request.body}\n\n`;
  for (const stream of streams) {
    stream.write(event);
  }
  for (const socket of sockets.clients) {
    socket.send(request.body);
  }
  response.sendStatus(204);
});

app.get('/count', (request, response) => {
  response.type('text').send(String(streams.size + sockets.clients.size));
});

server.listen(Number(process.env.PORT), '127.0.0.1', BACKLOG);

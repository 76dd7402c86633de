'use strict';

// What Pado's commands do, as one writes it with Express, pg, redis and jsonwebtoken: one process, on tables like Pado's and on its Redis, for tokens
// that Pado signed. The same is promised: what is answered is stored, each voter counts once, totals and points are exact, numbers have no gap, and events are
// told after their facts, in their order, from a transactional outbox.
const http = require('node:http');
const { createPublicKey, randomUUID, createHash } = require('node:crypto');
const express = require('express');
const jwt = require('jsonwebtoken');
const { Pool } = require('pg');
const { createClient } = require('redis');

const POOL = 20;
const PACE_MILLIS = 100;
const LOOK_MILLIS = 400;
const KEPT = 1000;
const BACKLOG = 4096;
const database = new Pool({ connectionString: process.env.SQL, max: POOL });
const redis = createClient({ url: process.env.REDIS });
const listener = redis.duplicate();
const readers = new Set();
const ended = new Set();
const keys = new Map();
const app = express();
app.disable('x-powered-by');

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function caller(request, response, next) {
  const [scheme, token] = (request.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer') {
    next();
    return;
  }
  jwt.verify(token, (header, found) => found(null, keys.get(header.kid)), { algorithms: ['RS256'], issuer: 'urn:pado', audience: 'pado' },
    (wrong, claims) => {
      if (wrong || ended.has(claims.sid)) {
        response.sendStatus(401);
      } else {
        request.user = claims;
        next();
      }
    });
}

function user(request, response, next) {
  return request.user ? next() : response.sendStatus(401);
}

async function transaction(work) {
  const connection = await database.connect();
  try {
    await connection.query('BEGIN');
    const answer = await work(connection);
    await connection.query('COMMIT');
    return answer;
  } catch (failure) {
    await connection.query('ROLLBACK');
    throw failure;
  } finally {
    connection.release();
  }
}

const POLL = 'SELECT p.title, p.closed, p.revision, o.id, o.label, o.votes FROM poll p JOIN poll_option o ON o.poll_id = p.id'
  + ' WHERE p.id = $1 ORDER BY o.place';

async function poll(connection, id) {
  const { rows } = await connection.query({ name: 'poll', text: POLL, values: [id] });
  if (rows.length === 0) {
    throw new Refusal(404, 'no such poll');
  }
  const total = rows.reduce((sum, row) => sum + Number(row.votes), 0);
  return { pollId: Number(id), title: rows[0].title, closed: rows[0].closed, totalVotes: total, options: rows.map((row) => ({ id: Number(row.id),
    label: row.label, votes: Number(row.votes), percent: total === 0 ? 0 : Math.round(1000 * row.votes / total) / 10 })),
    version: Number(rows[0].revision) };
}

async function tell(connection, topic, type, subject, data) {
  await connection.query({ name: 'tell', text: 'INSERT INTO outbox (once, topic, type, subject, json) VALUES ($1, $2, $3, $4, $5)',
    values: [`outbox:${randomUUID()}`, topic, type, subject, JSON.stringify(data)] });
}

app.use(caller);
app.use(express.json());

app.get('/api/auth/me', user, async (request, response) => {
  const { rows } = await database.query({ name: 'me', text: 'SELECT id, email, name, roles FROM app_user WHERE id = $1',
    values: [request.user.sub] });
  response.json({ id: Number(rows[0].id), email: rows[0].email, name: rows[0].name, roles: rows[0].roles.split(',').sort() });
});

app.get('/api/polls/:id', async (request, response) => response.json(await poll(database, request.params.id)));

app.post('/api/polls/:id/votes', async (request, response) => {
  const voter = request.user ? `user:${request.user.sub}` : `client:${request.body.client_id}`;
  const option = request.body.optionId;
  response.json(await transaction(async (connection) => {
    const id = request.params.id;
    const { rows: [locked] } = await connection.query({ name: 'lock', text: 'SELECT closed, anonymous FROM poll WHERE id = $1 FOR UPDATE', values: [id] });
    if (!locked || locked.closed || (!request.user && !locked.anonymous)) {
      throw new Refusal(locked ? 409 : 404, 'not now');
    }
    const { rows: [earlier] } = await connection.query({ name: 'earlier',
      text: 'SELECT option_id FROM vote WHERE poll_id = $1 AND voter = $2', values: [id, voter] });
    if (earlier && Number(earlier.option_id) === option) {
      return poll(connection, id);
    }
    const { rowCount } = await connection.query({ name: 'count', text: 'UPDATE poll_option SET votes = votes + 1 WHERE poll_id = $1 AND id = $2',
      values: [id, option] });
    if (rowCount === 0) {
      throw new Refusal(404, 'no such option');
    }
    if (earlier) {
      await connection.query({ name: 'less', text: 'UPDATE poll_option SET votes = votes - 1 WHERE id = $1', values: [earlier.option_id] });
    }
    await connection.query({ name: 'vote', text: 'INSERT INTO vote (poll_id, voter, option_id) VALUES ($1, $2, $3)'
      + ' ON CONFLICT (poll_id, voter) DO UPDATE SET option_id = EXCLUDED.option_id', values: [id, voter, option] });
    await connection.query({ name: 'revision', text: 'UPDATE poll SET revision = revision + 1 WHERE id = $1', values: [id] });
    const state = await poll(connection, id);
    await tell(connection, 'votes', 'vote_update', id, state);
    return state;
  }));
});

app.post('/api/orders', user, async (request, response) => {
  const { payType, cellId, items } = request.body;
  const key = request.get('idempotency-key');
  const hash = createHash('sha256').update(JSON.stringify(request.body)).digest('hex');
  response.status(201).json(await transaction(async (connection) => {
    if (key) {
      const { rowCount } = await connection.query({ name: 'claim', text: 'INSERT INTO idempotent_call (caller, key, content) VALUES ($1, $2, $3)'
        + ' ON CONFLICT DO NOTHING', values: [`node:${request.user.sub}`, key, hash] });
      if (rowCount === 0) {
        const { rows: [kept] } = await connection.query('SELECT content, json FROM idempotent_call WHERE caller = $1 AND key = $2',
          [`node:${request.user.sub}`, key]);
        if (kept.content !== hash) {
          throw new Refusal(409, 'key reused');
        }
        return JSON.parse(kept.json);
      }
    }
    const { rows: [active] } = await connection.query({ name: 'active',
      text: "SELECT value, pg_advisory_xact_lock_shared(1)::text FROM setting WHERE key = 'is_kiosk_active'" });
    const { rows: menus } = await connection.query({ name: 'menus', text: 'SELECT id, name, price, sold_out FROM menu WHERE id = ANY ($1) FOR SHARE',
      values: [items.map((item) => item.menuId)] });
    if (active.value !== 'true' || menus.length < items.length || menus.some((menu) => menu.sold_out)) {
      throw new Refusal(409, 'not for sale');
    }
    const lines = items.map((item) => ({ ...menus.find((menu) => Number(menu.id) === item.menuId), quantity: item.quantity }));
    const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
    const orderId = `ORD-${Date.now()}-${randomUUID().slice(0, 6)}`;
    let cell = null;
    if (payType === 'CELL') {
      ({ rows: [cell] } = await connection.query({ name: 'cell', text: 'UPDATE cell SET balance = balance - $2 WHERE id = $1 AND balance >= $2'
        + ' RETURNING id, name, balance', values: [cellId, total] }));
      if (!cell) {
        throw new Refusal(409, 'not enough');
      }
      await connection.query({ name: 'change', text: 'INSERT INTO cell_change (cell_id, type, balance_before, balance_after, order_id, changed_by,'
        + " changed_at) VALUES ($1, 'USE', $2, $3, $4, $5, now())", values: [cellId, Number(cell.balance) + total, cell.balance, orderId, request.user.sub] });
      await tell(connection, 'cafe:cells', 'cell:balance_changed', String(cellId), { cellId, balance: Number(cell.balance) });
    }
    const { rows: [day] } = await connection.query({ name: 'day', text: "INSERT INTO cafe_day (business_day, last_number) VALUES ('2000-01-01', 1)"
      + ' ON CONFLICT (business_day) DO UPDATE SET last_number = cafe_day.last_number + 1 RETURNING last_number' });
    const { rows: [stored] } = await connection.query({ name: 'order', text: 'INSERT INTO cafe_order (order_id, business_day, daily_num, pay_type,'
      + " cell_id, cell_name, total_amount, status, taken_by, created_at, updated_at) VALUES ($1, '2000-01-01', $2, $3, $4, $5, $6, 'PENDING', $7,"
      + ' now(), now()) RETURNING id', values: [orderId, day.last_number, payType, cell?.id, cell?.name, total, request.user.sub] });
    await connection.query({ name: 'items', text: 'INSERT INTO order_item (order_id, menu_id, menu_name, price, quantity, place)'
      + ' SELECT $1, menu, name, price, quantity, place - 1 FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::int[])'
      + ' WITH ORDINALITY AS item (menu, name, price, quantity, place)', values: [stored.id, lines.map((line) => line.id), lines.map((line) => line.name),
        lines.map((line) => line.price), lines.map((line) => line.quantity)] });
    const order = { orderId, dailyNum: day.last_number, payType, items: lines, totalAmount: total, status: 'PENDING' };
    await tell(connection, 'cafe:orders', 'order:created', orderId, order);
    if (key) {
      await connection.query({ name: 'keep', text: 'UPDATE idempotent_call SET status = 201, json = $3 WHERE caller = $1 AND key = $2',
        values: [`node:${request.user.sub}`, key, JSON.stringify(order)] });
    }
    return order;
  }));
});

app.post('/api/topics/:topic/events', user, async (request, response) => {
  if (!request.user.groups.includes('publisher')) {
    response.sendStatus(403);
    return;
  }
  response.status(201).json({ id: await publish(request.params.topic, request.body.event ?? 'message', '', JSON.stringify(request.body.data)) });
});

/** Stored, numbered and told in one step. */
const STEP = "local id = redis.call('INCR', 'node:sequence') redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[1], id .. '-0', 't', ARGV[2], 'd', ARGV[4])"
  + " redis.call('PUBLISH', 'node:' .. ARGV[5], id .. '\\n' .. ARGV[2] .. '\\n' .. ARGV[4]) return id";

async function publish(topic, type, subject, json) {
  return redis.eval(STEP, { keys: [`node:log:${topic}`], arguments: [String(KEPT), type, subject, json, topic] });
}

app.get('/sse/votes', (request, response) => {
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.flushHeaders();
  response.write('data: {"type":"connection_ack"}\n\n');
  readers.add(response);
  request.on('close', () => readers.delete(response));
});

app.get('/count', (request, response) => response.type('text').send(String(readers.size)));

app.use((failure, request, response, next) => {
  response.status(failure instanceof Refusal ? failure.status : 500).json({ detail: failure.message });
});

/** Of a poll only the newest state is told, ten times a second at most. */
async function drain() {
  try {
    await transaction(async (connection) => {
      await connection.query('SELECT id FROM outbox_gate WHERE id = 1 FOR UPDATE');
      const { rows } = await connection.query('SELECT id, topic, type, subject, json FROM outbox ORDER BY id LIMIT 500');
      const newest = new Map();
      rows.forEach((row) => newest.set(row.topic === 'votes' ? `votes ${row.subject}` : row.id, row));
      for (const row of newest.values()) {
        await publish(row.topic, row.type, row.subject, row.json);
      }
      await connection.query('DELETE FROM outbox WHERE id = ANY ($1)', [rows.map((row) => row.id)]);
    });
  } finally {
    setTimeout(drain, PACE_MILLIS);
  }
}

async function lookForEnded() {
  const { rows } = await database.query("SELECT id FROM login_session WHERE ended_at > now() - interval '16 minutes'");
  rows.forEach((row) => ended.add(row.id));
  setTimeout(lookForEnded, LOOK_MILLIS);
}

async function start() {
  const jwks = await (await fetch(process.env.JWKS)).json();
  jwks.keys.forEach((key) => keys.set(key.kid, createPublicKey({ key, format: 'jwk' })));
  await redis.connect();
  await listener.connect();
  await listener.subscribe('node:votes', (message) => {
    const [id, , json] = message.split('\n');
    const event = `id: ${id}\ndata: {"type":"vote_update","channel":"votes","data":${json}}\n\n`;
    readers.forEach((reader) => reader.write(event));
  });
  await lookForEnded();
  await drain();
  const server = http.createServer(app);
  server.keepAliveTimeout = 0;
  server.listen(Number(process.env.PORT), '127.0.0.1', BACKLOG);
}

start();

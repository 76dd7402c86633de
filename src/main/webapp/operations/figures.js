import {Emitter} from '/sdk/emitter.js';

/**
 * @typedef {object} Reader
 * @property {string} connection
 * @property {number} [userId]
 * @property {string} endpoint
 * @property {string} address
 * @property {string} since
 * @property {string} [until]
 * @property {string} [reason]
 * @property {string[]} topics
 * @property {number} topicCount
 * @property {number} lastEvent
 * @property {number} written
 * @property {number} bytes
 * @property {number} quietMillis
 * @property {number} waiting
 * @property {number} waitingBytes
 * @property {number} dropped
 * @property {number} replaced
 * @property {number} cut
 */

/**
 * @typedef {{topic: string, readers: number, events: number}} BusyTopic
 * @typedef {{node: string, at: string, startedAt: string, carrier: string, connections: number, users: number, topics: number, events: number, deliveries: number,
 *   delayClasses: number[], delays: number[], waiting: number, waitingBytes: number, behind: number, dropped: number, replaced: number, cpu: number,
 *   heapUsed: number, heapMost: number, endpoints: Record<string, number>, reasons: Record<string, number>, busiest: BusyTopic[], troubled: Reader[], ended: Reader[]}} NodeFigures
 * @typedef {{events: number, deliveries: number, delays: number[]}} Rates  for each second; delays: how many in each class
 * @typedef {{now: NodeFigures, rates: Rates, heard: number}} Node
 * @typedef {{connections: number, events: number, deliveries: number, p50: number | null, p99: number | null, waiting: number, cpu: number}} Sample
 */

const KEPT = 120;
const LEAST_SECONDS = 0.5;
const SILENT_MILLIS = 5_000;
const FORGOTTEN_MILLIS = 60_000;

/**
 * What the nodes say of themselves each second, and what follows from two of these.
 *
 * @extends {Emitter<{change: Figures}>}
 */
export class Figures extends Emitter {
  /** @type {Map<string, Node>} by name */
  nodes = new Map();
  /** Sums over all nodes, oldest first. @type {Sample[]} */
  samples = [];

  /** @param {import('/sdk/connection.js').Connection} connection */
  constructor(connection) {
    super();
    connection.on('event', ({event, data}) => event === 'figures' && this.#hear(data));
    setInterval(() => this.#tick(), 1_000);
  }

  /** @param {Node} node */
  isSilent({heard}) {
    return Date.now() - heard > SILENT_MILLIS;
  }

  /** @param {NodeFigures} now */
  #hear(now) {
    const before = this.nodes.get(now.node)?.now;
    // A node that was started again counts from the beginning.
    const seconds = before === undefined || before.startedAt !== now.startedAt ? 0 : (Date.parse(now.at) - Date.parse(before.at)) / 1_000;
    if (seconds > 0 && seconds < LEAST_SECONDS) {
      // Two that follow each other at once say nothing about a second.
      return;
    }
    const rates = before === undefined || seconds <= 0 ? {events: 0, deliveries: 0, delays: now.delays.map(() => 0)} : {
      events: (now.events - before.events) / seconds,
      deliveries: (now.deliveries - before.deliveries) / seconds,
      delays: now.delays.map((count, i) => count - before.delays[i]),
    };
    this.nodes.set(now.node, {now, rates, heard: Date.now()});
  }

  #tick() {
    this.nodes.forEach(({heard}, name) => Date.now() - heard > FORGOTTEN_MILLIS && this.nodes.delete(name));
    const alive = [...this.nodes.values()].filter(node => !this.isSilent(node));
    if (alive.length > 0) {
      const sum = (/** @type {(node: Node) => number} */ of) => alive.reduce((total, node) => total + of(node), 0);
      const classes = alive[0].now.delayClasses;
      const delays = alive[0].now.delays.map((_, i) => sum(node => node.rates.delays[i]));
      this.samples = [...this.samples, {connections: sum(({now}) => now.connections), events: sum(({rates}) => rates.events),
        deliveries: sum(({rates}) => rates.deliveries), p50: percentile(delays, classes, 0.5), p99: percentile(delays, classes, 0.99),
        waiting: sum(({now}) => now.waiting), cpu: Math.max(0, ...alive.map(({now}) => now.cpu))}].slice(-KEPT);
    }
    this.emit('change', this);
  }
}

/**
 * @param {number[]} counts  in each class, and above the last one
 * @param {number[]} classes  upper ends, milliseconds
 * @param {number} share
 * @returns {number | null} below which that share of all is; null if there is none
 */
export function percentile(counts, classes, share) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [i, count] of counts.entries()) {
    below += count;
    if (all > 0 && below >= share * all) {
      return classes[i] ?? (classes.at(-1) ?? 0) * 2;
    }
  }
  return null;
}

import {problemOf} from '/sdk/index.js';

/**
 * Who is logged in on this browser. The login is kept for all pages and tabs of this server; one tab renews for all, because a
 * refresh token works once. Only a renewal that got 503, or no answer in time, is repeated with the same one. Requests carry the
 * token in their header and no cookie, so a page of another site cannot use it.
 *
 * @typedef {object} Login
 * @property {string} access_token
 * @property {string} refresh_token
 * @property {number} expires_at  epoch milliseconds
 * @property {{id: number, email: string, name: string, roles: string[]}} user
 */

const KEY = 'pado.login';
const LOCK = 'pado.login';
/** Renewed this long before its end, so that a slow request still arrives with it. */
const MARGIN = 60_000;
const WITHIN = 10_000;

/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Promise<string | null> | null} */
let renewing = null;

/** @returns {Login | null} */
function stored() {
  const text = localStorage.getItem(KEY);
  return text === null ? null : JSON.parse(text);
}

/** @param {Login | null} login */
function store(login) {
  if (login === null) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, JSON.stringify(login));
  }
  listeners.forEach(listener => listener());
}

addEventListener('storage', event => {
  if (event.key === KEY || event.key === null) {
    listeners.forEach(listener => listener());
  }
});

/** @param {() => void} listener  is told when somebody logs in or out, in any tab */
export function onSession(listener) {
  listeners.add(listener);
}

/** @returns {Login['user'] | null} */
export function user() {
  return stored()?.user ?? null;
}

/**
 * @param {string} email
 * @param {string} password
 * @returns {Promise<void>} rejected with the server's problem
 */
export async function logIn(email, password) {
  const response = await ask('/api/auth/login/json', {email, password});
  if (!response.ok) {
    throw await problemOf(response);
  }
  keep(await response.json());
}

/**
 * Registers somebody new, who is logged in then.
 *
 * @param {string} email
 * @param {string} name
 * @param {string} password
 * @returns {Promise<void>} rejected with the server's problem
 */
export async function register(email, name, password) {
  const response = await ask('/api/auth/register', {email, name, password});
  if (!response.ok) {
    throw await problemOf(response);
  }
  keep(await response.json());
}

/** Ends the login on the server too, if it can be reached. */
export async function logOut() {
  const login = stored();
  store(null);
  if (login !== null) {
    await ask('/api/auth/logout', undefined, login.access_token).catch(error => console.warn('The login ends by itself later:', error));
  }
}

/**
 * @param {{renew?: boolean}} [why]  renew: the last one was refused
 * @returns {Promise<string | null>} a token that counts; null if nobody is logged in. Rejected if the server cannot be reached
 */
export async function token({renew = false} = {}) {
  const login = stored();
  if (login === null || !renew && login.expires_at - Date.now() > MARGIN) {
    return login?.access_token ?? null;
  }
  renewing ??= alone(() => renewed(login.access_token)).finally(() => { renewing = null; });
  return renewing;
}

/**
 * @param {string} old  the token that counts no more
 * @returns {Promise<string | null>}
 */
async function renewed(old) {
  const login = stored();
  if (login === null || login.access_token !== old) {
    // Another tab was here first.
    return login?.access_token ?? null;
  }
  const response = await ask('/api/auth/refresh', {refresh_token: login.refresh_token});
  if (response.ok) {
    return keep(await response.json());
  }
  if (response.status === 401 || response.status === 400 || response.status === 422) {
    store(null);
    return null;
  }
  throw await problemOf(response);
}

/** @param {any} login  as the server sends it */
function keep({access_token, refresh_token, expires_in, user}) {
  store({access_token, refresh_token, user, expires_at: Date.now() + expires_in * 1_000});
  return access_token;
}

/**
 * One tab at a time; browsers have locks only where the page came over HTTPS or from this machine.
 *
 * @param {() => Promise<string | null>} task
 * @returns {Promise<string | null>}
 */
function alone(task) {
  return navigator.locks === undefined ? task() : /** @type {Promise<any>} */ (navigator.locks.request(LOCK, task));
}

/**
 * @param {string} path
 * @param {object} [body]
 * @param {string} [bearer]
 */
function ask(path, body, bearer) {
  return fetch(path, {
    method: 'POST', body: JSON.stringify(body), credentials: 'omit', signal: AbortSignal.timeout(WITHIN),
    headers: {'Content-Type': 'application/json', ...bearer === undefined ? {} : {Authorization: `Bearer ${bearer}`}},
  });
}


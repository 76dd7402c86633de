/** Whether this page has asked, or is about to. Who does not answer is not asked again before the page is loaded anew. */
let asked = false;

/**
 * Asks for the permission to show notifications, once: browsers let a page ask only while somebody clicks or types in it, so it waits for that.
 * Where there are no notifications, or the user has decided, nothing happens.
 */
export function askForNotifications() {
  if (asked || typeof document === 'undefined' || globalThis.Notification?.permission !== 'default') {
    return;
  }
  asked = true;
  const stop = new AbortController();
  const ask = () => {
    stop.abort();
    // Older browsers give no promise. A refusal shows in `Notification.permission`.
    Promise.resolve(Notification.requestPermission()).catch(() => { });
  };
  document.addEventListener('click', ask, {signal: stop.signal, capture: true});
  document.addEventListener('keydown', ask, {signal: stop.signal, capture: true});
}

/**
 * Shows a notification of the browser, if it may, and nobody looks at the page: who does sees it there. Several tabs show it once. A click brings
 * the page to the front, and opens the link in a new tab if it is one of this server or of https.
 *
 * @param {import('./realtime-events.js').UserNotification} notification
 */
export function showNotification({id, title, message, link}) {
  if (globalThis.Notification?.permission !== 'granted' || globalThis.document?.visibilityState === 'visible') {
    return;
  }
  try {
    const shown = new Notification(String(title ?? ''), {body: String(message ?? ''), tag: `pado-${id}`});
    shown.onclick = () => {
      shown.close();
      globalThis.focus();
      const url = safeLink(link);
      if (url !== null) {
        globalThis.open(url, '_blank', 'noopener');
      }
    };
  } catch (error) {
    // Browsers of phones have the name, but let only service workers show any.
    console.debug('No notification can be shown here.', error);
  }
}

/**
 * @param {unknown} link  from the server
 * @returns {string | null} its address; null if it is not to be opened
 */
export function safeLink(link) {
  if (typeof link !== 'string' || link === '') {
    return null;
  }
  try {
    const url = new URL(link, location.href);
    return url.protocol === 'https:' || url.protocol === 'http:' && url.origin === location.origin ? url.href : null;
  } catch {
    // No address at all.
    return null;
  }
}

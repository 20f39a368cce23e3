/**
 * Shows what is pushed, and a page that says so when there is no connection. It keeps nothing of the console itself, so
 * that nobody ever works with yesterday's: every page and every file comes from the server.
 */
const offlinePage = '/offline.html';
const cacheName = 'loket-offline-1';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.add(new Request(offlinePage, { cache: 'reload' })))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const outdated = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(outdated());
});

self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  event.respondWith(
    fetch(event.request).catch(async () => (await caches.match(offlinePage)) ?? Response.error()),
  );
});

self.addEventListener('push', (event) => {
  const message = event.data ? event.data.json() : { title: 'Loket', body: '', tag: 'loket', path: '/' };
  event.waitUntil(
    self.registration.showNotification(message.title, {
      body: message.body,
      tag: message.tag,
      icon: '/icons/icon-192.png',
      badge: '/icons/badge-96.png',
      data: { path: message.path },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const path = String(event.notification.data?.path ?? '/');
  const open = async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const [page] = pages.filter((one) => 'focus' in one);
    if (!page) return self.clients.openWindow(path);
    page.postMessage({ open: path });
    return page.focus();
  };
  event.waitUntil(open());
});

// The browser's maker gave this browser another address: the server learns it, if somebody is still signed in here.
self.addEventListener('pushsubscriptionchange', (event) => {
  const renew = async () => {
    const options = event.oldSubscription?.options;
    const next =
      event.newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
    if (!next) return;
    const { endpoint, keys } = next.toJSON();
    await fetch('/api/v1/me/push/subscriptions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }),
    });
  };
  event.waitUntil(renew());
});

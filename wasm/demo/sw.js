// Keeps the page for when there is no connection. Packs are kept by the library itself.

const CACHE = 'semrel-page';
const SHELL = [
  './', 'style.css', 'icon.svg', 'main.js', 'dom.js', 'text.js', 'settings.js', 'library.js', 'query.js', 'term.js', 'graph.js', 'pair.js',
  'semrel/index.js', 'semrel/lexicon.js', 'semrel/worker.js', 'semrel/data/tr.js', 'semrel/data/tr/packs.js',
  ...['arguments', 'code', 'data', 'download', 'errors', 'load', 'local', 'remote', 'semrel'].map((name) => `semrel/lib/${name}.js`),
  ...['full.js', 'lexicon.js', 'lexicon.wasm', 'sizes.js'].map((name) => `semrel/wasm/${name}`),
];

addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => skipWaiting()));
});
/** A host may leave the full build out: what is not there is not kept. */
async function keepShell() {
  const cache = await caches.open(CACHE);
  await Promise.allSettled(SHELL.map((path) => cache.add(path)));
}

addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.endsWith('.semrel')) return;
  event.respondWith(newest(request));
});

/** The server's answer, else what was kept of it. */
async function newest(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

#!/usr/bin/env node
// Serves the page: node wasm/serve.mjs [PORT]; or writes it as static files: node wasm/serve.mjs --out FOLDER

import { createHash } from 'node:crypto';
import { cpSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.semrel': 'application/octet-stream',
  // What the figures need beside the page.
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.onnx': 'application/octet-stream',
};

/** The file behind a path of the page: the demo, below `semrel/` the package, and what is mounted. */
function fileOf(path, mounts) {
  const name = normalize(path.endsWith('/') ? `${path}index.html` : path);
  if (name.includes('..') || !TYPES[extname(name)]) return undefined;
  for (const [prefix, folder] of Object.entries(mounts)) {
    if (name.startsWith(prefix)) return join(folder, name.slice(prefix.length));
  }
  return name.startsWith('/semrel/') ? join(here, 'npm', name.slice('/semrel/'.length)) : join(here, 'demo', name);
}

const compressed = new Map();

/** Files as browsers get them from a good host: compressed, and not sent again unless they changed. */
function answer(request, response, mounts) {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const file = fileOf(path, mounts);
  let content, modified;
  try {
    modified = statSync(file).mtimeMs;
    content = readFileSync(file);
  } catch {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    return;
  }
  const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`;
  const headers = { 'content-type': TYPES[extname(file)], 'cache-control': 'no-cache', etag, 'x-content-type-options': 'nosniff' };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  if (/\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
    const key = `${file} ${modified}`;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
    if (!compressed.has(key)) compressed.set(key, brotliCompressSync(content, quality));
    content = compressed.get(key);
    headers['content-encoding'] = 'br';
  }
  response.writeHead(200, { ...headers, 'content-length': content.length });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** Starts a server; port 0 takes a free one. `mounts` are further folders, by the beginnings of paths. */
export function serve(port, mounts = {}) {
  const server = createServer((request, response) => answer(request, response, mounts));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ server, origin: `http://127.0.0.1:${server.address().port}` }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [first, second] = process.argv.slice(2);
  if (first === '--out') {
    cpSync(join(here, 'demo'), second, { recursive: true });
    for (const part of ['lib', 'data', 'wasm', 'index.js', 'lexicon.js', 'worker.js']) cpSync(join(here, 'npm', part), join(second, 'semrel', part), { recursive: true });
  } else {
    const { origin } = await serve(Number(first ?? 8080));
    console.log(`the page is at ${origin}`);
  }
}

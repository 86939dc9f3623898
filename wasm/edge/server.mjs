#!/usr/bin/env node
// The same for Node: ORIGIN=http://127.0.0.1:9200 ENGINE=opensearch node server.mjs [PORT]

import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { load } from 'semrel/lexicon';
import { handle } from './handler.js';

/** Starts the server; port 0 takes a free one. */
export async function start(port, env) {
  const semrel = await load();
  await semrel.rewrite('kiracının tahliyesi', { to: 'lucene' });
  const server = createServer(async (incoming, outgoing) => {
    try {
      const request = new Request(new URL(incoming.url, `http://${incoming.headers.host ?? 'localhost'}`), { method: incoming.method });
      const response = await handle(semrel, request, env);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      if (response.body) Readable.fromWeb(response.body).pipe(outgoing);
      else outgoing.end();
    } catch (error) {
      console.error(error);
      outgoing.writeHead(400).end();
    }
  });
  server.on('close', () => semrel.free());
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.env.ORIGIN) throw new Error('say where the search engine answers: ORIGIN=http://127.0.0.1:9200');
  const server = await start(Number(process.argv[2] ?? 8787), process.env);
  console.log(`rewriting for ${process.env.ORIGIN} at port ${server.address().port}`);
}

// The edge worker in the runtime that it is for, and its twin in Node, before a stub of a search engine.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { start } from '../edge/server.mjs';
import { modules, startWorkerd } from '../edge/workerd.mjs';

let engine, origin, seen;
before(async () => {
  engine = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname, searchParams } = new URL(request.url, 'http://engine');
    seen.push({ method: request.method, pathname, q: searchParams.get('q'), page: searchParams.get('page'), body });
    response.writeHead(body === 'teapot' ? 418 : 200, { 'content-type': 'application/json', 'x-engine': 'stub' }).end('{"hits":3}');
  });
  await new Promise((done) => engine.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${engine.address().port}`;
});
after(() => {
  engine.closeAllConnections();
  engine.close();
});

const runtimes = {
  workerd: startWorkerd,
  async Node(env) {
    const server = await start(0, env);
    return {
      origin: `http://127.0.0.1:${server.address().port}`,
      stop() {
        server.closeAllConnections();
        server.close();
      },
    };
  },
};

for (const [name, run] of Object.entries(runtimes)) {
  describe(name, () => {
    let running;
    const serving = async (env) => {
      running?.stop();
      seen = [];
      running = await run({ ORIGIN: origin, ...env });
    };
    after(() => running?.stop());

    test('widens the query and hands on the rest', async () => {
      await serving({});
      const response = await fetch(`${running.origin}/search?q=${encodeURIComponent('mahfuz hisse -vasiyet')}&page=2`);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('x-semrel'), 'widened');
      assert.equal(response.headers.get('x-engine'), 'stub');
      assert.deepEqual(await response.json(), { hits: 3 });
      assert.equal(seen.at(-1).q, '((mahfuz hisse) OR "saklı pay"^0.89) -vasiyet');
      assert.equal(seen.at(-1).page, '2');
    });

    test('refuses what cannot be searched for, and what is no search', async () => {
      seen = [];
      assert.equal((await fetch(`${running.origin}/search?q=${'kira%20'.repeat(1100)}`)).status, 400);
      assert.equal((await fetch(`${running.origin}/other?q=kira`)).status, 404);
      assert.equal((await fetch(`${running.origin}/search`)).status, 404);
      assert.equal((await fetch(`${running.origin}/search?q=kira`, { method: 'POST' })).status, 404);
      assert.deepEqual(seen, []);
    });

    test('sends a body where the engine wants one', async () => {
      await serving({ ENGINE: 'opensearch', FIELDS: 'title, text' });
      await fetch(`${running.origin}/search?q=m%C3%BCstecir`);
      const { method, q, body } = seen.at(-1);
      assert.equal(method, 'POST');
      assert.equal(q, null);
      assert.match(body, /kiracı/);
      assert.match(JSON.stringify(JSON.parse(body)), /title/);
    });

    test('says when the engine cannot be reached', async () => {
      await serving({ ORIGIN: 'http://127.0.0.1:9' });
      assert.equal((await fetch(`${running.origin}/search?q=kira`)).status, 502);
    });
  });
}

test('the worker fits', () => {
  // Cloudflare's limit is 3 MB after compression, for all modules together.
  const bytes = modules.reduce((sum, [, , file]) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  assert.ok(bytes < 3_000_000, `${bytes} bytes`);
});

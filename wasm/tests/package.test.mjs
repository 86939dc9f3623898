// The package in Node: answers, bad input, what can go wrong while loading, and after.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';

import { SemrelError, load } from 'semrel/lexicon';
import { lexicon } from 'semrel/data/tr';

const code = () => readFile(new URL('../npm/wasm/lexicon.wasm', import.meta.url));
const pack = await readFile(lexicon.url);

const rejects = (promise, kind, message = /./) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof SemrelError, String(error));
    assert.equal(error.kind, kind, error.message);
    assert.match(error.message, message);
    return true;
  });

for (const worker of [false, true]) {
  describe(worker ? 'in a worker' : 'in the page', () => {
    let semrel;
    before(async () => {
      semrel = await load({ worker });
    });
    after(() => semrel.free());

    test('relates terms', async () => {
      const answer = await semrel.relation('alacaklı', 'borçlu');
      assert.equal(answer.relation, 'antonym');
      assert.equal(answer.evidence, 'lexicon');
      assert.equal((await semrel.relation('haklı istifa', 'haksız istifa')).evidence, 'composition');
      assert.equal(await semrel.relation('qqqq', 'zzzz'), null);
      const many = await semrel.relations([['alıcı', 'satıcı'], ['qqqq', 'zzzz']]);
      assert.deepEqual(many.map((answer) => answer?.relation), ['antonym', undefined]);
    });

    test('takes many pairs, more than the module is given at once', async () => {
      const pairs = Array.from({ length: 2500 }, (_, at) => (at % 2 ? ['alıcı', 'satıcı'] : ['kiracı', 'müstecir']));
      const answers = await semrel.relations(pairs);
      assert.equal(answers.length, 2500);
      assert.ok(answers.every((answer, at) => answer.relation === (at % 2 ? 'antonym' : 'synonym')));
    });

    test('expands, without antonyms', async () => {
      const [first] = await semrel.expand('mahfuz hisse');
      assert.equal(first.term, 'saklı pay');
      assert.match(first.gloss, /miras/);
      const found = await semrel.expand('alacaklı', { relations: ['synonym', 'co_hyponym'], limit: 50 });
      assert.ok(found.every(({ term, relation }) => relation !== 'antonym' && term !== 'borçlu'));
    });

    test('rewrites for every engine', async () => {
      for (const to of ['lucene', 'elasticsearch', 'opensearch', 'solr', 'tantivy', 'fts5', 'tsquery', 'plain']) {
        const { rewritten } = await semrel.rewrite('müstecir', { to });
        assert.match(rewritten, /kiracı/, to);
      }
      const lemmas = await semrel.rewrite('kiracının', { to: 'plain', forms: 'lemma', limit: 1 });
      assert.match(lemmas.rewritten, /müstecir/);
    });

    test('counts places as JavaScript does', async () => {
      const text = 'Mahkeme 𝒜ğ, saklı payın ihlali';
      const segments = await semrel.segment(text);
      for (const segment of segments) assert.equal(text.slice(segment.start, segment.end), segment.text);
      assert.ok(segments.some(({ term, text }) => term === 'saklı pay' && text === 'saklı payın'));
      const query = '𝒜 mahfuz hisse';
      const { alternatives } = await semrel.rewrite(query, { to: 'lucene' });
      for (const { written, start, end } of alternatives) assert.equal(query.slice(start, end), written);
    });

    test('looks up, completes, suggests', async () => {
      const [entry] = await semrel.lookup('itiraz');
      assert.ok(entry.senses.length > 1 && entry.relations.length > 0);
      assert.ok((await semrel.prefix('miras pay', 5)).includes('miras payı'));
      assert.equal((await semrel.suggest('sozlesme'))[0].term, 'sözleşme');
      assert.equal(await semrel.lemma('kira sözleşmelerinden'), 'kira sözleşmesi');
    });

    test('normalises as every engine does', async () => {
      const written = ['ＭＡＨＦＵＺ hisse', 'mahfuz hi\u00ADsse', 'MAHFUZ HİSSE’NİN', 'mahfuz hisse'.normalize('NFD')];
      for (const term of written) assert.equal((await semrel.expand(term))[0]?.term, 'saklı pay', term);
    });

    test('says what it is', async () => {
      const info = await semrel.info();
      assert.equal(info.build, 'lexicon');
      assert.equal(info.kernel, null);
      assert.equal(info.pack.name, 'semrel-tr');
      assert.ok(info.memory > pack.length && info.memory < 4 * pack.length);
      await rejects(semrel.similar('kira'), 'unavailable', /models/);
      await rejects(semrel.relationByModel('kira', 'icar'), 'unavailable');
      await rejects(semrel.embed('kira', 8), 'unavailable');
    });

    test('refuses what is no text', async () => {
      for (const value of [null, undefined, 7, {}, [], true, Symbol('x'), new String('kira')]) {
        await rejects(semrel.expand(value), 'type', /term must be a string/);
        await rejects(semrel.relation('kira', value), 'type', /b must be a string/);
        await rejects(semrel.rewrite(value, { to: 'lucene' }), 'type');
      }
      await rejects(semrel.relations('ab'), 'type');
      await rejects(semrel.relations([['a']]), 'type');
      await rejects(semrel.relations(null), 'type');
      await rejects(semrel.segment('yarım \ud83d'), 'invalid_input', /surrogate/);
      await rejects(semrel.expand('\udc00kira'), 'invalid_input');
      await rejects(semrel.expand(' … '), 'invalid_input');
      await rejects(semrel.expand(''), 'invalid_input');
    });

    test('refuses what is too long', async () => {
      await rejects(semrel.expand('a'.repeat(2000)), 'limit');
      await rejects(semrel.rewrite('kira '.repeat(20_000), { to: 'lucene' }), 'limit');
      await rejects(semrel.segment('kira '.repeat(5_000_000)), 'limit', /at most/);
      await rejects(semrel.relations(Array(100_001).fill(['a', 'b'])), 'limit');
    });

    test('refuses options that make no sense', async () => {
      await rejects(semrel.expand('kira', { limits: 3 }), 'invalid_input', /no option "limits"/);
      await rejects(semrel.expand('kira', { limit: 'x' }), 'type', /limit must be a number/);
      await rejects(semrel.expand('kira', { limit: -1 }), 'invalid_input');
      await rejects(semrel.expand('kira', { limit: 1.5 }), 'invalid_input');
      await rejects(semrel.expand('kira', { minScore: 2 }), 'invalid_input');
      await rejects(semrel.expand('kira', { minScore: NaN }), 'invalid_input');
      await rejects(semrel.expand('kira', { maxDistance: 1000 }), 'invalid_input');
      await rejects(semrel.expand('kira', { relations: ['antonym'] }), 'invalid_input', /never stand/);
      await rejects(semrel.expand('kira', { relations: ['x'] }), 'invalid_input');
      await rejects(semrel.expand('kira', { relations: 'synonym' }), 'type');
      await rejects(semrel.expand('kira', null), 'type', /options must be an object/);
      await rejects(semrel.rewrite('kira'), 'type', /engine/);
      await rejects(semrel.rewrite('kira', { to: 'bing' }), 'invalid_input', /unknown engine/);
      await rejects(semrel.rewrite('kira', { to: 'lucene', phrases: 1 }), 'type');
      await rejects(semrel.rewrite('kira', { to: 'lucene', fields: ['a b'] }), 'invalid_input');
      await rejects(semrel.rewrite('kira', { to: 'lucene', maxClauses: 0 }), 'invalid_input');
      await rejects(semrel.prefix('a', -1), 'invalid_input');
      // Nothing of that has harmed it.
      assert.equal((await semrel.relation('alıcı', 'satıcı')).relation, 'antonym');
    });

    test('is useless once freed', async () => {
      const other = await load({ worker, data: pack });
      const waiting = other.relation('alıcı', 'satıcı');
      other.free();
      other.free();
      if (worker) await rejects(waiting, 'freed');
      else assert.equal((await waiting).relation, 'antonym');
      await rejects(other.relation('alıcı', 'satıcı'), 'freed', /load\(\)/);
    });

    test('takes entries of the user', async () => {
      const own = await load({
        worker,
        overlay: [{ sentence1: 'müvekkil', sentence2: 'danışan', label: 'synonym' }, { forbid: ['mahfuz hisse', 'saklı pay'] }],
      });
      assert.equal((await own.expand('danışan'))[0].term, 'müvekkil');
      assert.deepEqual(await own.expand('mahfuz hisse'), []);
      own.free();
      await rejects(load({ worker, overlay: [{ sentence1: 'a', sentence2: 'b', label: 'x' }] }), 'invalid_input', /line 1/);
      await rejects(load({ worker, overlay: [{ forbid: ['a\ud800', 'b'] }] }), 'invalid_input');
      await rejects(load({ worker, overlay: {} }), 'type');
    });

    test('refuses damaged data', async () => {
      const damaged = Uint8Array.from(pack);
      damaged[2_000_000] ^= 1;
      await rejects(load({ worker, data: damaged }), 'corrupt', /checksum/);
      await rejects(load({ worker, data: pack.subarray(0, 1_000_000) }), 'corrupt', /cut off/);
      await rejects(load({ worker, data: new ArrayBuffer(0) }), 'corrupt');
      const later = Uint8Array.from(pack);
      later[8] = 99;
      await rejects(load({ worker, data: later }), 'version', /version 99/);
      await rejects(load({ worker, code: pack }), 'corrupt', /WebAssembly/);
      const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
      await rejects(load({ worker, code: empty }), worker ? 'version' : 'version');
    });
  });
}

test('a handle goes with `using`, and shares what others use', async () => {
  const [one, two] = await Promise.all([load(), load()]);
  one[Symbol.dispose ?? Symbol.for('Symbol.dispose')]();
  await rejects(one.info(), 'freed');
  assert.equal((await two.relation('alıcı', 'satıcı')).relation, 'antonym');
  two.free();
});

test('a module that failed says so, and another can be loaded', async () => {
  // Its memory is overwritten, as a defect of the module might.
  const { default: bindings } = await import('../npm/wasm/lexicon.js');
  const { LocalEngine } = await import('../npm/lib/local.js');
  let memory;
  const spied = () => {
    const bound = bindings();
    return Object.assign((options) => bound(options).then((exports) => ((memory = exports.memory), exports)), { Engine: bound.Engine });
  };
  const engine = await LocalEngine.open(spied, await WebAssembly.compile(await code()), pack, '');
  new Uint8Array(memory.buffer).fill(0xff);
  assert.throws(() => engine.call('expand', ['mahfuz hisse', '']), { name: 'SemrelError', kind: 'crashed' });
  assert.throws(() => engine.call('info', []), { kind: 'crashed', message: /load\(\) gives another/ });
  const another = await load();
  assert.equal((await another.expand('mahfuz hisse'))[0].term, 'saklı pay');
  another.free();
});

test('arguments of load are checked', async () => {
  await rejects(load(null), 'type');
  await rejects(load({ data: null }), 'type');
  await rejects(load({ data: 7 }), 'type');
  await rejects(load({ onProgress: 1 }), 'type');
  await rejects(load({ signal: {} }), 'type');
  await rejects(load({ data: new URL('missing.semrel', import.meta.url) }), 'network');
  await rejects(load({ data: Promise.reject(new TypeError('fetch failed')) }), 'network');
});

describe('over the network', () => {
  let server, origin, requests;
  const script = {
    '/pack': (response) => response.end(pack),
    '/module.wasm': async (response) => response.setHeader('content-type', 'application/wasm').end(await code()),
    '/wrong-type': async (response) => response.setHeader('content-type', 'text/plain').end(await code()),
    '/page': (response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>404</title>'),
    '/slow': (response) => response.write(pack.subarray(0, 100_000)),
    '/cut': (response) => {
      response.writeHead(200, { 'content-length': pack.length });
      response.write(pack.subarray(0, 500_000), () => setTimeout(() => response.destroy(), 50));
    },
  };
  before(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(request.url);
      const answer = script[request.url];
      if (answer) answer(response);
      else response.writeHead(404).end();
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  test('streams, counts, and compiles whatever the type is', async () => {
    for (const path of ['/module.wasm', '/wrong-type']) {
      const seen = [];
      const semrel = await load({ code: `${origin}${path}`, data: { url: `${origin}/pack`, bytes: pack.length }, onProgress: (p) => seen.push(p) });
      assert.equal((await semrel.expand('mahfuz hisse'))[0].term, 'saklı pay');
      const last = seen.at(-1);
      assert.equal(last.stage, 'open');
      assert.deepEqual(last.data, { loaded: pack.length, total: pack.length });
      assert.equal(last.code.loaded, (await code()).length);
      assert.ok(seen.every(({ loaded }, at) => at === 0 || loaded >= seen[at - 1].loaded));
      semrel.free();
    }
  });

  test('loads once what is asked for twice', async () => {
    requests.length = 0;
    const all = await Promise.all([load({ data: `${origin}/pack` }), load({ data: `${origin}/pack` })]);
    assert.deepEqual(requests, ['/pack']);
    for (const semrel of all) semrel.free();
    (await load({ data: `${origin}/pack` })).free();
    assert.equal(requests.length, 2);
  });

  test('takes a response, and the promise of one', async () => {
    for (const data of [await fetch(`${origin}/pack`), fetch(`${origin}/pack`), new Blob([pack])]) {
      const semrel = await load({ data });
      assert.equal((await semrel.relation('alıcı', 'satıcı')).relation, 'antonym');
      semrel.free();
    }
    await rejects(load({ data: fetch(`${origin}/nothing`) }), 'network', /404/);
  });

  test('says what failed', async () => {
    await rejects(load({ data: `${origin}/nothing` }), 'network', /404/);
    await rejects(load({ code: `${origin}/nothing` }), 'network', /404/);
    await rejects(load({ data: `${origin}/page` }), 'corrupt', /not a pack/);
    await rejects(load({ data: `${origin}/cut` }), 'network');
    await rejects(load({ data: 'http://127.0.0.1:9/pack' }), 'network');
    // After a failure nothing is remembered of it.
    (await load({ data: `${origin}/pack` })).free();
  });

  test('stops when told to', async () => {
    await rejects(load({ signal: AbortSignal.abort() }), 'aborted');
    for (const worker of [false, true]) {
      const controller = new AbortController();
      const loading = load({ data: `${origin}/slow`, worker, signal: controller.signal, onProgress: ({ data }) => data.loaded && controller.abort('enough') });
      await assert.rejects(loading, { kind: 'aborted', cause: 'enough' });
    }
    await rejects(load({ data: `${origin}/slow`, signal: AbortSignal.timeout(200) }), 'aborted');
  });

  test('goes on for those who did not abort', async () => {
    const controller = new AbortController();
    const impatient = load({ data: `${origin}/pack`, signal: controller.signal });
    const patient = load({ data: `${origin}/pack` });
    controller.abort();
    await rejects(impatient, 'aborted');
    const semrel = await patient;
    assert.equal((await semrel.relation('alıcı', 'satıcı')).relation, 'antonym');
    semrel.free();
  });
});

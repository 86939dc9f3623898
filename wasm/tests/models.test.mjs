// The full build in Node: models, kernel, and what they refuse.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { load } from 'semrel';
import { lexicon } from 'semrel/data/tr';

/** What multiplies the matrices where there is plain SIMD, as in this Node, and relaxed SIMD. */
const KERNELS = { simd: 'simd128', relaxed: 'relaxed-simd' };

for (const worker of [false, true]) {
  describe(worker ? 'models in a worker' : 'models in the page', () => {
    let semrel;
    before(async () => {
      semrel = await load({ worker });
    });
    after(() => semrel.free());

    test('answer where the lexicon does not', async () => {
      const answer = await semrel.relation('hakkın kötüye kullanımı', 'hakkın suistimali');
      assert.equal(answer.evidence, 'model');
      assert.equal(answer.relation, 'synonym');
      const sum = Object.values(answer.scores).reduce((a, b) => a + b);
      assert.ok(Math.abs(sum - 1) < 1e-3, String(sum));
      assert.equal((await semrel.relation('alacaklı', 'borçlu')).evidence, 'lexicon');
      assert.equal((await semrel.relationByModel('alacaklı', 'borçlu')).evidence, 'model');
    });

    test('judge a pair alike whichever term comes first, alone or among others', async () => {
      const [a, b] = ['yapay zekâ sorumluluğu', 'algoritma sorumluluğu'];
      const [alone, others] = [await semrel.relation(a, b), await semrel.relations([['x y z', 'q'], [b, a], [a, b]])];
      for (const other of others.slice(1)) {
        for (const [name, score] of Object.entries(alone.scores)) assert.ok(Math.abs(other.scores[name] - score) < 1e-4, name);
      }
    });

    test('embed, known terms and new ones', async () => {
      for (const term of ['kira sözleşmesi', 'dijital kira platformu']) {
        const vector = await semrel.embed(term);
        assert.ok(vector instanceof Float32Array);
        assert.equal(vector.length, 96);
        assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-4);
        assert.equal((await semrel.embed(term, 32)).length, 32);
      }
      await assert.rejects(semrel.embed('kira', 97), { kind: 'invalid_input' });
      await assert.rejects(semrel.embed('kira', 0), { kind: 'invalid_input' });
      await assert.rejects(semrel.embed('…'), { kind: 'invalid_input' });
    });

    test('find what is near', async () => {
      const near = await semrel.similar('kira kontratı', 5);
      assert.equal(near.length, 5);
      assert.ok(near.every(({ score }, at) => at === 0 || score <= near[at - 1].score));
    });

    test('run on the kernel that this engine can have', async () => {
      const { build, kernel, memory } = await semrel.info();
      assert.equal(build, 'full');
      assert.ok(Object.values(KERNELS).includes(kernel), kernel);
      assert.ok(memory < 100e6, String(memory));
    });
  });
}

test('the full build says so where a pack has no models', async () => {
  const semrel = await load({ data: lexicon });
  assert.equal((await semrel.relation('alacaklı', 'borçlu')).relation, 'antonym');
  assert.equal(await semrel.relation('qqqq', 'zzzz'), null);
  await assert.rejects(semrel.embed('kira'), { kind: 'unavailable' });
  semrel.free();
});

// The same questions, natively and in WebAssembly. What the lexicon says must be the same to the byte.
// What the models say goes through the floating-point arithmetic of two machines: relations must be the
// same, and numbers nearly.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { full as fullPack, lexicon as lexiconPack } from 'semrel/data/tr';
import { LocalEngine } from '../npm/lib/local.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SEED = 20261;
const QUESTIONS = 500;

const lines = (name) => readFileSync(`${root}/train/data/tr/${name}`, 'utf8').trimEnd().split('\n');
const pairs = lines('pairs.jsonl');
const terms = lines('terms.jsonl');

/** Numbers that look random and are the same every time (mulberry32). */
function randoms(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

function sample() {
  const below = randoms(SEED);
  const of = (list) => list[below(list.length)];
  const pair = () => {
    const { sentence1, sentence2 } = JSON.parse(of(pairs));
    return [sentence1, sentence2];
  };
  const term = () => JSON.parse(of(terms)).term;
  /** Mistyped, in capitals, decomposed, inflected, or as it is. */
  const written = () => {
    const text = term();
    return [text, text.toLocaleUpperCase('tr'), text.normalize('NFD'), `${text}’nin`, text.replace(/[şğıçöü]/, 's')][below(5)];
  };
  return { below, of, pair, term, written };
}

const ENGINES = ['lucene', 'elasticsearch', 'opensearch', 'solr', 'tantivy', 'fts5', 'tsquery', 'plain'];

function lexiconQuestions() {
  const { below, of, pair, term, written } = sample();
  const query = () => [`${written()} ${term()}`, `"${term()}" -${term()}`, `(${written()} VEYA ${term()}) AND konu:${term()}^2`, `6098 sayılı TBK m. ${below(600)} ${term()}`][below(4)];
  const kinds = [
    () => ['relation', pair()],
    () => ['relation', [written(), term()]],
    () => ['expand', [written(), below(2) ? '' : '{"relations":["synonym","co_hyponym"],"limit":20}']],
    () => ['rewrite', [query(), of(ENGINES), below(2) ? '' : '{"forms":"lemma","fields":["konu","metin"],"phrases":true}']],
    () => ['segment', [`${query()}, ${term()} ve 𝒜 ${written()}.`]],
    () => ['lookup', [written()]],
    () => ['suggest', [written(), 5]],
    () => ['lemma', [written()]],
    () => ['prefix', [term().slice(0, 1 + below(5)), 10]],
  ];
  return Array.from({ length: QUESTIONS }, (_, at) => kinds[at % kinds.length]());
}

function modelQuestions() {
  const { pair, written } = sample();
  const kinds = [() => ['relationByModel', pair()], () => ['embed', [written()]], () => ['similar', [written(), 10]]];
  return Array.from({ length: QUESTIONS }, (_, at) => kinds[at % kinds.length]());
}

function natively(questions, features) {
  const args = ['run', '--locked', '--quiet', '--release', '--package', 'semrel-wasm', '--example', 'answers', ...features, '--', 'models/tr'];
  const input = questions.map(([method, args]) => JSON.stringify({ method, args })).join('\n');
  return execFileSync('cargo', args, { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'inherit'] }).trimEnd().split('\n');
}

async function inWebAssembly(questions, build, module, pack) {
  const { default: bindings } = await import(`../npm/wasm/${build}.js`);
  const code = await WebAssembly.compile(readFileSync(new URL(`../npm/wasm/${module}.wasm`, import.meta.url)));
  const engine = await LocalEngine.open(bindings, code, readFileSync(pack.url), '');
  return questions.map(([method, args]) => {
    const answer = engine.call(method, args);
    return typeof answer === 'string' ? answer : JSON.stringify([...answer]);
  });
}

test(`${QUESTIONS} questions to the lexicon have the same answers`, async () => {
  const questions = lexiconQuestions();
  const expected = natively(questions, []);
  const answers = await inWebAssembly(questions, 'lexicon', 'lexicon', lexiconPack);
  questions.forEach((question, at) => assert.equal(answers[at], expected[at], JSON.stringify(question)));
  // Questions that nobody can answer would prove nothing.
  const empty = expected.filter((answer) => answer === '[]' || answer === 'null').length;
  assert.ok(empty < QUESTIONS / 2, `${empty} are empty`);
});

const module = (name) => existsSync(new URL(`../npm/wasm/${name}.wasm`, import.meta.url)) && name;
for (const name of ['full', 'full-relaxed']) {
  const code = readIfUsable(name);
  test(`${QUESTIONS} questions to the models have the same answers (${name})`, { skip: !code && 'this engine cannot run it' }, async () => {
    const questions = modelQuestions();
    const expected = natively(questions, ['--features', 'model']);
    const answers = await inWebAssembly(questions, 'full', name, fullPack);
    let other = 0;
    questions.forEach(([method, args], at) => {
      const [answer, wanted] = [JSON.parse(answers[at]), JSON.parse(expected[at])];
      const where = `${method} ${JSON.stringify(args)}`;
      if (method === 'relationByModel') {
        assert.equal(answer.relation, wanted.relation, where);
        for (const [name, score] of Object.entries(wanted.scores)) near(answer.scores[name], score, where);
      } else if (method === 'embed') {
        wanted.forEach((number, i) => near(answer[i], number, where));
      } else {
        wanted.forEach(({ score }, i) => near(answer[i].score, score, where));
        other += wanted.some(({ term }, i) => answer[i].term !== term);
      }
    });
    // Of two neighbours that are equally near either may come first.
    assert.ok(other < QUESTIONS / 50, `${other} have other neighbours`);
  });
}

function near(number, expected, where) {
  assert.ok(Math.abs(number - expected) < 0.01, `${where}: ${number} is not ${expected}`);
}

function readIfUsable(name) {
  return module(name) && WebAssembly.validate(readFileSync(new URL(`../npm/wasm/${name}.wasm`, import.meta.url)));
}

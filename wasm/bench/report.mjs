#!/usr/bin/env node
// Measures what a page pays, and writes it between the marks of wasm/README.md: node wasm/bench/report.mjs
//
// Each figure is taken in Chromium, in a fresh profile where loading is measured, over loopback, and
// beside the peers in the same run. Run `npm install` in wasm/ and wasm/bench/ and `node wasm/build.mjs` before.

import { mkdirSync, mkdtempSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { chromium } from 'playwright-core';

import { startWorkerd } from '../edge/workerd.mjs';
import { serve } from '../serve.mjs';
import { sizes } from '../sizes.mjs';
import * as work from './work.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const readme = join(here, '..', 'README.md');
const models = join(here, '..', '..', 'models', 'tr');
const RUNS = 7;

// Transformers.js wants a folder of its own kind around the same ONNX file.
const hub = mkdtempSync(join(tmpdir(), 'semrel-hub-'));
mkdirSync(join(hub, 'semrel', 'onnx'), { recursive: true });
copyFileSync(join(models, 'embedder.onnx'), join(hub, 'semrel', 'onnx', 'model_quantized.onnx'));
copyFileSync(join(models, 'tokenizer.json'), join(hub, 'semrel', 'tokenizer.json'));
writeFileSync(join(hub, 'semrel', 'config.json'), '{"model_type":"bert"}');
writeFileSync(join(hub, 'semrel', 'tokenizer_config.json'), '{"tokenizer_class":"PreTrainedTokenizer"}');

const mounts = { '/bench/': here, '/models/': models, '/hub/': hub };
const { server, origin } = await serve(0, mounts);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });

/** Runs a function of work.mjs in a fresh page; what it loaded comes with it. */
async function inPage(name) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const loaded = new Set();
  page.on('response', (response) => loaded.add(new URL(response.url()).pathname));
  await page.goto(`${origin}/bench/blank.html`);
  const value = await page.evaluate(async (name) => (await import('/bench/work.mjs'))[name](), name);
  await context.close();
  return { value, loaded: [...loaded].filter((path) => !path.startsWith('/bench/blank') && path !== '/bench/work.mjs') };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function repeated(name) {
  const values = [];
  for (let run = 0; run < RUNS; run++) values.push((await inPage(name)).value);
  return median(values);
}

/** Size of the code (scripts and modules) that a page loaded. */
function code(paths) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const path of paths.filter((path) => /\.(m?js|wasm)$/.test(path))) {
    const mount = Object.keys(mounts).find((prefix) => path.startsWith(prefix));
    const file = mount ? join(mounts[mount], path.slice(mount.length)) : join(here, '..', 'npm', path.slice('/semrel/'.length));
    const bytes = readFileSync(file);
    total.raw += bytes.length;
    total.gzip += gzipSync(bytes, { level: 9 }).length;
    total.brotli += brotliCompressSync(bytes).length;
  }
  return total;
}

/** CPU time of the edge worker per request, start-up left out; the proxying is in it. */
async function edge() {
  const { createServer } = await import('node:http');
  const engine = createServer((_, response) => response.end('{}'));
  await new Promise((done) => engine.listen(0, '127.0.0.1', done));
  const running = await startWorkerd({ ORIGIN: `http://127.0.0.1:${engine.address().port}` });
  const ticks = () => {
    const fields = readFileSync(`/proc/${running.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return Number(fields[11]) + Number(fields[12]); // in hundredths of a second
  };
  const ask = async (path, count) => {
    const before = ticks();
    for (let i = 0; i < count; i++) await (await fetch(`${running.origin}${path}`)).text();
    return ((ticks() - before) * 10) / count;
  };
  const query = `/search?q=${encodeURIComponent('mahfuz hissenin ihlali -vasiyet')}`;
  await ask(query, 200);
  const start = ticks() * 10;
  const widened = await ask(query, 1000);
  const bare = await ask('/none', 1000);
  running.stop();
  engine.closeAllConnections();
  engine.close();
  return { widened, bare, start };
}

const bytes = (n) => (n >= 1e6 ? `${(n / 1e6).toFixed(2)} MB` : `${(n / 1e3).toFixed(0)} KB`);
const ms = (n) => (n >= 10 ? `${n.toFixed(0)} ms` : n >= 0.1 ? `${n.toFixed(2)} ms` : `${(n * 1e3).toFixed(0)} us`);
const table = (head, rows) => [head, head.map((_, at) => (at ? '---:' : '---')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const semrel = await inPage('fullCalls');
const lexicon = await inPage('lexiconCalls');
const ort = await inPage('ortCalls');
const transformers = await inPage('transformersCalls');
const first = {};
for (const name of ['lexiconFirst', 'fullFirst', 'embedFirst', 'ortFirst', 'transformersFirst']) first[name] = await repeated(name);
const perRequest = await edge();
const version = browser.version();
await browser.close();
server.closeAllConnections();
server.close();
rmSync(hub, { recursive: true, force: true });

const peers = [
  ['semrel, full build', code(semrel.loaded), first.embedFirst, semrel.value.embed],
  ['onnxruntime-web', code(ort.loaded), first.ortFirst, ort.value.run],
  ['@huggingface/transformers', code(transformers.loaded), first.transformersFirst, transformers.value.embed],
];
const call = (name) => [lexicon.value[name], semrel.value[name]].map((value) => (value === undefined ? '' : ms(value)));
const report = [
  `Chromium ${version}, ${cpus()[0].model.trim()}, one thread; kernel: ${semrel.value.kernel}. Medians.`,
  table(['download', 'raw', 'gzip', 'brotli'], sizes().map(({ name, raw, gzip, brotli }) => [name, bytes(raw), bytes(gzip), bytes(brotli)])),
  table(
    ['', 'lexicon build', 'full build'],
    [
      ['load to first answer of the lexicon', ms(first.lexiconFirst), ''],
      ['load to first answer of the models', '', ms(first.fullFirst)],
      ['`relation`, in the lexicon', ...call('relation')],
      ['`expand`', ...call('expand')],
      ['`rewrite`, four words', ...call('rewrite')],
      ['`relation`, by the models, new terms', ...call('modelRelation')],
      ['WebAssembly memory, the pack included', bytes(lexicon.value.memory), bytes(semrel.value.memory)],
    ],
  ),
  `The same ONNX file (\`embedder.onnx\`, int8) in one run, WebAssembly, one thread, ${work.TERMS.length} terms that no lexicon has:`,
  table(
    ['', 'code, raw', 'gzip', 'brotli', 'load to first vector', 'one vector'],
    peers.map(([name, size, load, run]) => [name, bytes(size.raw), bytes(size.gzip), bytes(size.brotli), ms(load), ms(run)]),
  ),
  'semrel and Transformers.js are given text, onnxruntime-web token numbers.',
  `Edge worker in workerd: ${ms(perRequest.widened)} of CPU per request, of which ${ms(perRequest.bare)} go to a request that is refused unread; start-up and 200 requests ${ms(perRequest.start)}.`,
].join('\n\n');

const [start, end] = ['<!-- figures: made by wasm/bench/report.mjs -->', '<!-- end of figures -->'];
const text = readFileSync(readme, 'utf8');
const [before, after] = [text.indexOf(start) + start.length, text.indexOf(end)];
if (after < before) throw new Error(`${readme} has no marks for the figures`);
writeFileSync(readme, `${text.slice(0, before)}\n${report}\n${text.slice(after)}`);
console.log(report);

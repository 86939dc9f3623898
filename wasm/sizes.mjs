#!/usr/bin/env node
// The size of what browsers download: node wasm/sizes.mjs prints it, with --check it must be under the limits.

import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What is downloaded, with the limit of its compressed size, if there is one. */
const FILES = [
  { name: 'lexicon build', files: ['wasm/lexicon.wasm'], limit: 270_000 },
  { name: 'full build', files: ['wasm/full.wasm'], limit: 900_000 },
  { name: 'full build, relaxed SIMD', files: ['wasm/full-relaxed.wasm'], limit: 900_000 },
  { name: 'JavaScript of the lexicon build', files: ['lexicon.js', 'data/tr.js', 'data/tr/packs.js', 'wasm/lexicon.js', 'wasm/sizes.js', ...lib()], limit: 16_000 },
  { name: 'data: lexicon', files: ['data/tr/lexicon.semrel'] },
  { name: 'data: lexicon and models', files: ['data/tr/full.semrel'] },
];

function lib() {
  return ['arguments', 'code', 'data', 'download', 'errors', 'load', 'local', 'remote', 'semrel'].map((name) => `lib/${name}.js`);
}

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

/** Rows of name, raw, gzip, brotli, limit; files are compressed one by one, as a host does. */
export function sizes(chosen = FILES) {
  return chosen.map(({ name, files, limit }) => {
    const row = { name, raw: 0, gzip: 0, brotli: 0, limit };
    for (const file of files) {
      const bytes = readFileSync(new URL(`npm/${file}`, import.meta.url));
      row.raw += bytes.length;
      row.gzip += gzipSync(bytes, { level: 9 }).length;
      row.brotli += brotli(bytes).length;
    }
    return row;
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  // The best compression takes a minute for the full build: to check, only what has a limit is compressed.
  const rows = sizes(process.argv[2] === '--check' ? FILES.filter(({ limit }) => limit) : FILES);
  for (const { name, raw, gzip, brotli } of rows) console.log(`${name}: ${raw} raw, ${gzip} gzip, ${brotli} brotli`);
  const over = rows.filter(({ brotli, limit }) => limit && brotli > limit);
  if (over.length) {
    for (const { name, brotli, limit } of over) console.error(`${name} has ${brotli} bytes compressed, over its limit of ${limit}`);
    process.exit(1);
  }
}

#!/usr/bin/env node
// Builds what the npm package needs and git does not have: node wasm/build.mjs [lexicon] [full] [packs]
// Cargo's target folder and profile are those of the workspace; wasm-opt comes from npm.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const packageFolder = join(here, 'npm');
const wasmFolder = join(packageFolder, 'wasm');
const target = 'wasm32-unknown-unknown';

const SIMD = ['simd', 'bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'];
const builds = {
  lexicon: { profile: 'wasm-lexicon', cargo: [], optimise: '-Oz', features: SIMD },
  full: { profile: 'wasm-full', cargo: ['--features', 'model'], optimise: '-O1', features: SIMD },
  'full-relaxed': {
    profile: 'wasm-full',
    cargo: ['--features', 'model'],
    optimise: '-O1',
    features: [...SIMD, 'relaxed-simd'],
    // For the crates of this workspace only, which have the kernels: the others are compiled once.
    env: { RUSTC_WORKSPACE_WRAPPER: join(here, 'tool', 'relaxed-rustc') },
  },
};

const run = (program, args, options = {}) =>
  execFileSync(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', ...options });

const { RUSTFLAGS, ...env } = process.env;
const targetFolder = JSON.parse(run('cargo', ['metadata', '--locked', '--no-deps', '--format-version', '1'])).target_directory;

function tool(...args) {
  run('cargo', ['run', '--locked', '--quiet', '--release', '--package', 'semrel-wasm-tool', '--', ...args], { env });
}

function module(name) {
  const { profile, cargo, optimise, features, env: extra } = builds[name];
  const flags = 'target.wasm32-unknown-unknown.rustflags=["-C","target-feature=+simd128"]';
  run(
    'cargo',
    ['rustc', '--locked', '--quiet', '--package', 'semrel-wasm', '--lib', '--crate-type', 'cdylib', '--target', target]
      .concat(['--profile', profile, '--config', flags], cargo),
    { env: { ...env, ...extra } },
  );
  tool('bindgen', join(targetFolder, target, profile, 'semrel_wasm.wasm'), wasmFolder, name);
  optimiseModule(join(wasmFolder, `${name}.wasm`), [optimise, ...features.map((feature) => `--enable-${feature}`)]);
}

/** wasm-opt takes a minute for the full build: with SEMREL_WASM_CACHE what it made is kept in that folder. */
function optimiseModule(file, options) {
  const optimiser = join(here, 'node_modules', 'binaryen', 'bin', 'wasm-opt');
  const { version } = JSON.parse(readFileSync(join(here, 'node_modules', 'binaryen', 'package.json'), 'utf8'));
  const cache = process.env.SEMREL_WASM_CACHE;
  const key = createHash('sha256').update([version, ...options].join(' ')).update(readFileSync(file)).digest('hex');
  const kept = cache && join(cache, `${key}.wasm`);
  if (kept && existsSync(kept)) return copyFileSync(kept, file);
  run(process.execPath, [optimiser, ...options, file, '-o', file]);
  if (kept) {
    mkdirSync(cache, { recursive: true });
    copyFileSync(file, kept);
  }
}

function full() {
  module('full');
  module('full-relaxed');
  // One script serves both, as long as both are the same crate.
  const script = (name) => readFileSync(join(wasmFolder, `${name}.js`), 'utf8');
  if (script('full') !== script('full-relaxed')) throw new Error('full.js and full-relaxed.js are not the same');
  rmSync(join(wasmFolder, 'full-relaxed.js'));
}

function packs() {
  const folder = join(packageFolder, 'data', 'tr');
  tool('packs', join(root, 'models', 'tr'), folder);
  const described = {};
  for (const name of ['lexicon', 'full']) {
    const bytes = readFileSync(join(folder, `${name}.semrel`));
    // The checksum in the header covers the manifest, which has those of all files.
    described[name] = { bytes: bytes.length, id: bytes.readUInt32LE(24).toString(16).padStart(8, '0') };
  }
  const what = '// Made by wasm/build.mjs: length in bytes, and checksum, which tells one pack from another.';
  writeFileSync(join(folder, 'packs.js'), `${what}\nexport const packs = ${JSON.stringify(described, null, 2)};\n`);
}

const steps = { lexicon: () => module('lexicon'), full, packs };
const chosen = process.argv.slice(2);
for (const name of chosen.length ? chosen : Object.keys(steps)) {
  if (!steps[name]) throw new Error(`no step ${name}: there are ${Object.keys(steps).join(', ')}`);
  mkdirSync(wasmFolder, { recursive: true });
  steps[name]();
}

const bytes = {};
for (const name of Object.keys(builds)) {
  try {
    bytes[name] = readFileSync(join(wasmFolder, `${name}.wasm`)).length;
  } catch {
    console.error(`${name} is not built yet`);
  }
}
writeFileSync(join(wasmFolder, 'sizes.js'), `// Made by wasm/build.mjs.\nexport const bytes = ${JSON.stringify(bytes, null, 2)};\n`);
for (const file of ['LICENSE-APACHE', 'LICENSE-MIT', 'NOTICE']) copyFileSync(join(root, file), join(packageFolder, file));

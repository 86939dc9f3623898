// What npm would publish: its content, its types, and that bundlers take it as it is.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const npm = join(here, 'npm');
const manifest = JSON.parse(readFileSync(join(npm, 'package.json'), 'utf8'));
let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'semrel-published-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('npm pack has all of it, and nothing else', () => {
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: npm, encoding: 'utf8' }));
  const files = packed.files.map(({ path }) => path).sort();
  const lib = ['arguments.js', 'code.js', 'data.js', 'download.js', 'errors.d.ts', 'errors.js', 'load.js', 'local.js', 'remote.js', 'semrel.js', 'types.d.ts'];
  const expected = [
    'LICENSE-APACHE', 'LICENSE-MIT', 'NOTICE', 'README.md', 'package.json',
    'index.d.ts', 'index.js', 'lexicon.d.ts', 'lexicon.js', 'worker.d.ts', 'worker.js',
    'data/tr.d.ts', 'data/tr.js', 'data/tr/full.semrel', 'data/tr/lexicon.semrel', 'data/tr/packs.js',
    ...lib.map((name) => `lib/${name}`),
    ...['full-relaxed.wasm', 'full.js', 'full.wasm', 'lexicon.js', 'lexicon.wasm', 'sizes.js'].map((name) => `wasm/${name}`),
  ].sort();
  assert.deepEqual(files, expected);
});

test('depends on nothing, has types first, and the version of the crate', () => {
  assert.equal(manifest.dependencies, undefined);
  const cargo = readFileSync(join(here, '..', 'Cargo.toml'), 'utf8');
  assert.equal(manifest.version, /\[workspace\.package\]\nversion = "(.+)"/.exec(cargo)[1]);
  for (const [name, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue;
    assert.equal(Object.keys(target)[0], 'types', name);
    for (const file of Object.values(target)) readFileSync(join(npm, file));
  }
});

/** A project that has the package installed. */
function project(name, files) {
  const root = join(folder, name);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  symlinkSync(npm, join(root, 'node_modules', 'semrel'));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(root, file), content);
  return root;
}

test('its types fit what people write', () => {
  const root = project('types', {
    'package.json': '{ "type": "module" }',
    'use.ts': `
      import { load, SemrelError, type RelationAnswer, type Expansion } from 'semrel';
      import { load as loadLexicon } from 'semrel/lexicon';
      import { lexicon } from 'semrel/data/tr';
      const semrel = await load({ onProgress: ({ loaded, total }) => console.log(loaded / (total ?? NaN)), signal: AbortSignal.timeout(1000) });
      const answer: RelationAnswer | null = await semrel.relation('a', 'b');
      const expansions: Expansion[] = await semrel.expand('a', { relations: ['co_hyponym'] });
      const vector: Float32Array = await semrel.embed('a', 32);
      const { rewritten } = await semrel.rewrite('a', { to: 'opensearch', forms: 'lemma' });
      // @ts-expect-error antonyms never stand for a term
      await semrel.expand('a', { relations: ['antonym'] });
      // @ts-expect-error no such engine
      await semrel.rewrite('a', { to: 'bing' });
      // @ts-expect-error it cannot be asked without an engine
      await semrel.rewrite('a');
      const own = await loadLexicon({ data: lexicon, worker: true, overlay: [{ forbid: ['a', 'b'] }] });
      try { await own.info(); } catch (error) { if (error instanceof SemrelError && error.kind === 'crashed') own.free(); }
      export { answer, expansions, vector, rewritten };
    `,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'esnext', lib: ['esnext', 'dom'], types: [], strict: true, noEmit: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
      files: ['use.ts'],
    }),
  });
  execFileSync(process.execPath, [join(here, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', root], { stdio: ['ignore', 'inherit', 'inherit'] });
});

test('Vite takes it without configuration', async () => {
  const root = project('vite', {
    'index.html': '<!doctype html><script type="module" src="main.js"></script>',
    'main.js': `import { load } from 'semrel/lexicon'; const semrel = await load({ worker: true }); document.title = (await semrel.expand('mahfuz hisse'))[0].term;`,
    // The package lies in the workspace and not in the project.
    'vite.config.js': 'export default { resolve: { preserveSymlinks: true } };',
  });
  const { build } = await import('vite');
  await build({ root, logLevel: 'error' });
  const assets = readdirSync(join(root, 'dist', 'assets'));
  for (const wanted of [/^lexicon-.*\.wasm$/, /^lexicon-.*\.semrel$/, /^worker-.*\.js$/]) {
    assert.ok(assets.some((name) => wanted.test(name)), `${wanted} in ${assets}`);
  }
});

// Runs the edge worker in workerd, for the tests and the figures.

import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const npm = folder('../npm/');

/** The modules of the worker: name, kind, file. */
export const modules = [
  ['worker.js', 'esModule', folder('worker.js')],
  ['handler.js', 'esModule', folder('handler.js')],
  ['semrel/lexicon', 'esModule', join(npm, 'lexicon.js')],
  ['semrel/data/tr.js', 'esModule', join(npm, 'data/tr.js')],
  ['semrel/data/tr/packs.js', 'esModule', join(npm, 'data/tr/packs.js')],
  ...['lexicon.js', 'sizes.js'].map((name) => [`semrel/wasm/${name}`, 'esModule', join(npm, 'wasm', name)]),
  ...readdirSync(join(npm, 'lib')).filter((name) => name.endsWith('.js')).map((name) => [`semrel/lib/${name}`, 'esModule', join(npm, 'lib', name)]),
  ['semrel/wasm/lexicon.wasm', 'wasm', join(npm, 'wasm/lexicon.wasm')],
  ['semrel/data/tr/lexicon.semrel', 'data', join(npm, 'data/tr/lexicon.semrel')],
];

function config(port, env) {
  const embed = modules.map(([name, kind], at) => `(name = ${JSON.stringify(name)}, ${kind} = embed "module-${at}")`);
  const bindings = Object.entries(env).map(([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [${embed.join(', ')}], bindings = [${bindings.join(', ')}], compatibilityDate = "2026-01-01")),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);`;
}

/** Starts workerd; resolves to its address and process once it answers. */
export async function startWorkerd(env) {
  const port = await freePort();
  const here = mkdtempSync(join(tmpdir(), 'semrel-workerd-'));
  // What is embedded lies beside the configuration.
  modules.forEach(([, , file], at) => copyFileSync(file, join(here, `module-${at}`)));
  writeFileSync(join(here, 'config.capnp'), config(port, env));
  // The program itself, not its launcher, so that what is stopped and measured is the runtime.
  const { default: program } = (await import('workerd')).default;
  const child = spawn(program, ['serve', join(here, 'config.capnp')], { stdio: ['ignore', 'inherit', 'inherit'] });
  const origin = `http://127.0.0.1:${port}`;
  const stop = () => {
    child.kill();
    rmSync(here, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries++) {
    try {
      await fetch(origin);
      return { origin, child, stop };
    } catch (error) {
      if (tries > 300 || child.exitCode !== null) {
        stop();
        throw new Error('workerd did not start', { cause: error });
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// What runs inside a worker: an engine as in the page, asked by messages.

import { SemrelError } from './lib/errors.js';
import { LocalEngine } from './lib/local.js';

const BINDINGS = {
  full: () => import('./wasm/full.js'),
  lexicon: () => import('./wasm/lexicon.js'),
};

const port = globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort ?? globalThis;
let engine;

async function answer({ open, method, args }) {
  if (!open) return engine.call(method, args);
  const { default: bindings } = await BINDINGS[open.build]();
  engine = await LocalEngine.open(bindings, open.module, open.pack, open.overlay);
}

async function receive(message) {
  const { id } = message;
  try {
    port.postMessage({ id, value: await answer(message) });
  } catch (error) {
    const known = error instanceof SemrelError;
    port.postMessage({ id, error: { kind: known ? error.kind : 'crashed', message: error.message } });
  }
}

// Messages wait for their turn: opening a pack comes before asking it.
let turn = Promise.resolve();
const listener = (message) => {
  turn = turn.then(() => receive(message));
};
if (port.on) port.on('message', listener);
else port.addEventListener('message', (event) => listener(event.data));

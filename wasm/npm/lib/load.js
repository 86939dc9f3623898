import { overlayLines } from './arguments.js';
import { moduleOf } from './code.js';
import { addressOf, withData } from './data.js';
import { builtin } from './download.js';
import { SemrelError, aborted } from './errors.js';
import { LocalEngine } from './local.js';
import { RemoteEngine } from './remote.js';
import { Semrel } from './semrel.js';

/**
 * The `load` of a build: `{ name, bindings, code(), data, startWorker() }`.
 *
 * Whoever asks for the same thing while it is loaded or in use shares it; it goes when the last one has
 * freed it.
 */
export function loader(build) {
  const shared = new Map();
  return async function load(options = {}) {
    const wanted = wish(build, options);
    const { signal } = options;
    if (signal?.aborted) throw aborted(signal);
    let use = wanted.key && shared.get(wanted.key);
    if (!use || use.crashed) {
      use = new Use(build, wanted, () => wanted.key && shared.get(wanted.key) === use && shared.delete(wanted.key));
      if (wanted.key) shared.set(wanted.key, use);
    }
    return use.join(signal, options.onProgress);
  };
}

function wish(build, options) {
  if (typeof options !== 'object' || options === null) {
    throw new SemrelError('type', 'load takes an object: { data, onProgress, signal, worker, overlay, code }');
  }
  const { data = build.data, worker = false, code, onProgress, signal } = options;
  if (data === null) throw new SemrelError('type', 'data must be an address, a Response or bytes, not null');
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new SemrelError('type', 'onProgress must be a function');
  }
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new SemrelError('type', 'signal must be an AbortSignal');
  }
  const overlay = overlayLines(options.overlay);
  const named = typeof data === 'string' || data instanceof URL || data?.id !== undefined;
  const shareable = named && code === undefined && typeof worker === 'boolean';
  const key = shareable ? JSON.stringify([String(addressOf(data)), worker, overlay]) : undefined;
  return { data, worker, code, overlay, key };
}

/** One engine and those who use it. */
class Use {
  #users = 0;
  #listeners = new Set();
  #stop = new AbortController();
  #engine;
  #opened;
  #leave;

  constructor(build, wanted, leave) {
    this.#leave = leave;
    this.#opened = this.#open(build, wanted).catch((error) => {
      leave();
      throw error;
    });
    this.#opened.catch(() => {}); // everyone who joined hears of it
  }

  get crashed() {
    return this.#engine?.crashed ?? false;
  }

  async join(signal, onProgress) {
    this.#users++;
    if (onProgress) this.#listeners.add(onProgress);
    let left = false;
    const release = () => {
      if (left) return;
      left = true;
      if (--this.#users > 0) return;
      this.#leave();
      this.#stop.abort();
      this.#engine?.free();
    };
    try {
      return new Semrel(await orAborted(this.#opened, signal), release);
    } catch (error) {
      release();
      throw error;
    } finally {
      this.#listeners.delete(onProgress);
    }
  }

  async #open(build, { data, worker, code, overlay }) {
    const { signal } = this.#stop;
    // Of a Response, `bytes` is a method.
    const dataTotal = typeof data?.bytes === 'number' ? data.bytes : undefined;
    const progress = this.#progress(code === undefined ? build.code().bytes : undefined, dataTotal);
    const module = moduleOf(build, code, signal, progress.code);
    module.catch(() => {}); // heard of below, however the data fare
    return withData(data, signal, progress.data, async (pack) => {
      const compiled = await module;
      progress.open();
      if (signal.aborted) throw aborted(signal);
      this.#engine = worker
        ? await RemoteEngine.open(worker === true ? build.startWorker() : worker, build.name, compiled, pack, overlay, signal)
        : await LocalEngine.open(build.bindings, compiled, pack, overlay);
      return this.#engine;
    });
  }

  #progress(codeTotal, dataTotal) {
    const state = { stage: 'download', code: { loaded: 0, total: codeTotal }, data: { loaded: 0, total: dataTotal } };
    const report = () => {
      const total = state.code.total + state.data.total;
      const event = {
        stage: state.stage,
        loaded: state.code.loaded + state.data.loaded,
        total: Number.isNaN(total) ? undefined : total,
        code: { ...state.code },
        data: { ...state.data },
      };
      for (const listener of this.#listeners) listener(event);
    };
    const count = (part) => (bytes) => {
      part.loaded += bytes;
      report();
    };
    const open = () => {
      state.stage = 'open';
      report();
    };
    return { code: count(state.code), data: count(state.data), open };
  }
}

/** `promise`, unless the signal comes first. */
function orAborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(aborted(signal));
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Starts a module worker, in Node a thread. */
export function startWorker(inBrowser, url) {
  const threads = builtin('node:worker_threads');
  if (!threads) return inBrowser();
  const worker = new threads.Worker(url());
  worker.unref(); // nobody's program stays up for it alone
  return worker;
}

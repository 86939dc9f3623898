import { SemrelError, freed } from './errors.js';

/** An engine in a worker. It is sent what was downloaded and compiled, so workers load nothing. */
export class RemoteEngine {
  #worker;
  #pending = new Map();
  #next = 0;
  #gone;

  static async open(worker, build, module, pack, overlay, signal) {
    const remote = new RemoteEngine(worker);
    const stop = () => remote.#end(new SemrelError('aborted', 'loading was aborted', { cause: signal.reason }));
    signal.addEventListener('abort', stop, { once: true });
    try {
      await remote.#send({ open: { build, module, pack, overlay } });
      return remote;
    } catch (error) {
      remote.#end(error);
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  constructor(worker) {
    this.#worker = worker;
    listen(worker, 'message', (data) => this.#receive(data));
    const fail = (error) => {
      const why = error?.message ?? 'its script could not be loaded';
      this.#end(new SemrelError('crashed', `the worker failed: ${why}; load() starts another one`, { cause: error }));
    };
    listen(worker, 'error', fail);
    listen(worker, 'messageerror', fail);
  }

  get crashed() {
    return this.#gone?.kind === 'crashed';
  }

  call(method, args) {
    return this.#send({ method, args });
  }

  free() {
    this.#end(freed());
  }

  #send(message) {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...message });
    });
  }

  #receive({ id, value, error }) {
    const asked = this.#pending.get(id);
    if (!asked) return;
    this.#pending.delete(id);
    if (!error) return asked.resolve(value);
    const failure = new SemrelError(error.kind, error.message);
    if (error.kind === 'crashed') this.#end(failure);
    asked.reject(failure);
  }

  /** Every call from now on, and those that wait, are rejected with `why`. */
  #end(why) {
    if (this.#gone) return;
    this.#gone = why;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(why);
    this.#pending.clear();
  }
}

/** Listens as browsers (events) and Node (values) have it. */
function listen(worker, event, listener) {
  if (worker.addEventListener) {
    worker.addEventListener(event, (e) => {
      if (event === 'error') e.preventDefault?.();
      listener(event === 'message' ? e.data : e);
    });
  } else {
    worker.on(event, listener);
  }
}

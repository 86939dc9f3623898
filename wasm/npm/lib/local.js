import { SemrelError, errorFromModule, freed } from './errors.js';

/** A module instance with an opened pack, on the thread that asks. */
export class LocalEngine {
  #engine;
  #memory;
  #crashed;

  /** @param bindings the function that wasm-bindgen's JavaScript is made into */
  static async open(bindings, module, pack, overlay) {
    const local = new LocalEngine();
    const bound = bindings();
    // Rejects where the module does not fit its JavaScript: of different versions, say.
    const exports = await bound({ module_or_path: module }).catch((error) => {
      throw new SemrelError('version', `the WebAssembly module cannot be used: ${error.message}`, { cause: error });
    });
    local.#memory = exports.memory;
    local.#engine = local.#run(() => new bound.Engine(pack, overlay));
    return local;
  }

  /** Whether a call brought the instance down. */
  get crashed() {
    return this.#crashed !== undefined;
  }

  call(method, args) {
    if (this.#crashed) throw this.#crashed;
    if (!this.#engine) throw freed();
    const answer = this.#run(() => this.#engine[method](...args));
    if (method !== 'info') return answer;
    return JSON.stringify({ ...JSON.parse(answer), memory: this.#memory.buffer.byteLength });
  }

  /** Lets go of the instance: its memory is free when the garbage collector comes by. */
  free() {
    // Else the garbage collector would call into an instance that may have failed.
    this.#engine?.__destroy_into_raw();
    this.#engine = undefined;
    this.#memory = undefined;
  }

  #run(work) {
    try {
      return work();
    } catch (error) {
      // The module's own errors are strings. Anything else is a trap or a broken promise of the
      // glue; what the memory then holds, nobody knows.
      if (typeof error === 'string') throw errorFromModule(error);
      this.#crashed = new SemrelError(
        'crashed',
        `the WebAssembly module failed (${error?.message ?? error}) and cannot be used any more: load() gives another one`,
        { cause: error },
      );
      this.free();
      throw this.#crashed;
    }
  }
}

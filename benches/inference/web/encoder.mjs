// The functions of the module (src/lib.rs) as an object.

export class Encoder {
  #module;
  #dimensions;

  static async open(wasm, onnx) {
    const module = await WebAssembly.compile(wasm);
    const imports = {};
    // Dependencies ask for random numbers and the like; nothing that is measured calls them.
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      imports[from] ??= {};
      imports[from][name] = () => {
        throw new Error(`${from}.${name} was called`);
      };
    }
    const { exports } = await WebAssembly.instantiate(module, imports);
    const place = exports.reserve(onnx.length);
    new Uint8Array(exports.memory.buffer, place, onnx.length).set(onnx);
    const dimensions = exports.open();
    if (dimensions === 0) throw new Error("semrel cannot open the file");
    const encoder = new Encoder();
    encoder.#module = exports;
    encoder.#dimensions = dimensions;
    return encoder;
  }

  // The vectors of a batch of token ids, one after another.
  encode(sequences) {
    const m = this.#module;
    const count = sequences.reduce((sum, ids) => sum + ids.length, 0);
    const [ids, lengths] = [m.place_ids(count), m.place_lengths(sequences.length)];
    const numbers = new Uint32Array(m.memory.buffer);
    let at = ids / 4;
    sequences.forEach((sequence, row) => {
      numbers[lengths / 4 + row] = sequence.length;
      numbers.set(sequence, at);
      at += sequence.length;
    });
    const out = m.encode();
    if (out === 0) throw new Error("semrel cannot encode the batch");
    return new Float32Array(m.memory.buffer, out, sequences.length * this.#dimensions).slice();
  }
}

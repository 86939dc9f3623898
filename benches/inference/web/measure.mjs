// What the engines take for the same token ids, in whatever JavaScript engine this runs.

import { Encoder } from "./encoder.mjs";

const LENGTHS = [4, 8, 16, 32];
const BATCHES = [1, 8];
const ROUNDS = 151;
const WARM_UP = 1500;
// Short rounds: some of them fall between what else the machine does.
const MILLISECONDS_A_ROUND = 3;
const LEAST_COSINE = 0.999;

// The engines that can run here: `relaxed` needs an engine that knows relaxed SIMD.
export function engines(files) {
  return ["semrel", "relaxed", "onnxruntime"].filter(
    (name) => name !== "relaxed" || WebAssembly.validate(files.relaxed),
  );
}

// Opens one engine and asks it for the vector of 16 tokens: milliseconds. All bytes are in memory.
export async function load(name, files) {
  const [ids] = sequences(16, 1);
  const start = performance.now();
  const engine = await open[name](files);
  await engine.encode([ids]);
  return performance.now() - start;
}

// Rows of { tokens, batch } and, by engine, median and least milliseconds of a call.
export async function measure(files) {
  const opened = {};
  for (const name of engines(files)) opened[name] = await open[name](files);
  // JavaScript engines compile a module twice, the second time slowly and well.
  for (const engine of Object.values(opened)) {
    for (const batch of BATCHES) {
      const end = performance.now() + WARM_UP;
      while (performance.now() < end) await engine.encode(sequences(32, batch));
    }
  }
  const rows = [];
  let leastCosine = 1;
  for (const batch of BATCHES) {
    for (const tokens of LENGTHS) {
      const ids = sequences(tokens, batch);
      // ONNX Runtime quantises a batch as a whole; one by one the vectors are the same.
      for (const alone of ids) {
        const wanted = await opened.onnxruntime.encode([alone]);
        for (const engine of Object.values(opened)) {
          leastCosine = Math.min(leastCosine, cosine(wanted, await engine.encode([alone])));
        }
      }
      rows.push({ tokens, batch, ...(await race(opened, ids)) });
    }
  }
  if (!(leastCosine > LEAST_COSINE)) throw new Error(`the vectors have a cosine of ${leastCosine}`);
  return { rows, leastCosine };
}

// Engines take turns in every round, so that whatever else the machine does hits both.
async function race(engines, ids) {
  const found = {};
  for (const [name, engine] of Object.entries(engines)) {
    for (let i = 0; i < 20; i++) await engine.encode(ids);
    const start = performance.now();
    for (let i = 0; i < 5; i++) await engine.encode(ids);
    const once = Math.max((performance.now() - start) / 5, 0.005);
    found[name] = { calls: Math.ceil(MILLISECONDS_A_ROUND / once), times: [] };
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, engine] of Object.entries(engines)) {
      const { calls, times } = found[name];
      await engine.encode(ids);
      const start = performance.now();
      for (let i = 0; i < calls; i++) await engine.encode(ids);
      times.push((performance.now() - start) / calls);
    }
  }
  const summary = {};
  for (const [name, { times }] of Object.entries(found)) {
    times.sort((a, b) => a - b);
    summary[name] = { median: times[times.length >> 1], least: times[0] };
  }
  return summary;
}

const open = {
  semrel: ({ semrel, onnx }) => Encoder.open(semrel, onnx),

  relaxed: ({ relaxed, onnx }) => Encoder.open(relaxed, onnx),

  async onnxruntime({ ort, runtime, onnx }) {
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = runtime;
    const session = await ort.InferenceSession.create(onnx, { executionProviders: ["wasm"] });
    return {
      async encode(ids) {
        const shape = [ids.length, ids[0].length];
        const numbers = BigInt64Array.from(ids.flat(), BigInt);
        const feeds = {
          input_ids: new ort.Tensor("int64", numbers, shape),
          attention_mask: new ort.Tensor("int64", new BigInt64Array(numbers.length).fill(1n), shape),
        };
        return (await session.run(feeds)).embedding.data;
      },
    };
  },
};

// Token ids that look random and are the same in every run (Park and Miller 1988).
function sequences(tokens, batch) {
  let state = tokens * 1000 + batch;
  const id = () => 5 + ((state = (state * 48271) % 2147483647) % 5995);
  return Array.from({ length: batch }, () => Array.from({ length: tokens }, id));
}

function cosine(a, b) {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / Math.sqrt(aa * bb);
}

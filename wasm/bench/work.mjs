// What is measured, inside the page. Times are milliseconds.

/** Terms that the lexicon does not have, so that the embedder must work. */
export const TERMS = [
  'dijital kira platformu sözleşmesi', 'yapay zekâ sorumluluk sigortası', 'kripto varlık teminatı', 'drone ile gözetleme yasağı',
  'uzaktan çalışma gideri', 'algoritmik fiyatlandırma', 'veri taşınabilirliği talebi', 'elektrikli skuter kazası', 'sosyal medya haczi', 'bulut depolama mirası',
];
const PAIRS = TERMS.map((term, at) => [term, TERMS[(at + 1) % TERMS.length]]);

/** Median time of one call, from rounds of many. */
async function timed(items, call, rounds = 15) {
  for (const item of items) await call(item);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const item of items) await call(item);
    times.push((performance.now() - start) / items.length);
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}

const since = async (work) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

async function shared(semrel) {
  const known = Array.from({ length: 200 }, (_, at) => [['alacaklı', 'borçlu'], ['kiracı', 'müstecir'], ['dava', 'talep']][at % 3]);
  return {
    relation: await timed(known, ([a, b]) => semrel.relation(a, b)),
    expand: await timed(known, ([a]) => semrel.expand(a)),
    rewrite: await timed(['mahfuz hissenin ihlali tazminat', 'kiracının tahliyesi davası süre'], (query) => semrel.rewrite(query, { to: 'lucene' })),
  };
}

export async function lexiconCalls() {
  const { load } = await import('/semrel/lexicon.js');
  const semrel = await load();
  const { memory } = await semrel.info();
  return { memory, ...(await shared(semrel)) };
}

export async function fullCalls() {
  const { load } = await import('/semrel/index.js');
  const semrel = await load();
  await semrel.relation(...PAIRS[0]);
  const { memory, kernel } = await semrel.info();
  return {
    memory,
    kernel,
    ...(await shared(semrel)),
    modelRelation: await timed(PAIRS, ([a, b]) => semrel.relation(a, b)),
    embed: await timed(TERMS, (term) => semrel.embed(term)),
  };
}

export const lexiconFirst = () =>
  since(async () => {
    const { load } = await import('/semrel/lexicon.js');
    await (await load()).expand('mahfuz hisse');
  });

export const fullFirst = () =>
  since(async () => {
    const { load } = await import('/semrel/index.js');
    await (await load()).relation(...PAIRS[0]);
  });

export const embedFirst = () =>
  since(async () => {
    const { load } = await import('/semrel/index.js');
    await (await load()).embed(TERMS[0]);
  });

async function openOrt() {
  const ort = await import('/bench/node_modules/onnxruntime-web/dist/ort.wasm.min.mjs');
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/bench/node_modules/onnxruntime-web/dist/';
  const session = await ort.InferenceSession.create('/models/embedder.onnx', { executionProviders: ['wasm'] });
  const run = (length) => {
    const tensor = (fill) => new ort.Tensor('int64', BigInt64Array.from({ length }, fill), [1, length]);
    return session.run({ input_ids: tensor((_, at) => BigInt(100 + at)), attention_mask: tensor(() => 1n) });
  };
  return run;
}

/** As many tokens as semrel pads a term of this length to. */
const LENGTHS = TERMS.map(() => 8);

export async function ortCalls() {
  const run = await openOrt();
  return { run: await timed(LENGTHS, run) };
}

export const ortFirst = () => since(async () => (await openOrt())(8));

async function openTransformers() {
  const { AutoModel, AutoTokenizer, env } = await import('/bench/node_modules/@huggingface/transformers/dist/transformers.min.js');
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '/hub/';
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.backends.onnx.wasm.numThreads = 1;
  env.backends.onnx.wasm.wasmPaths = '/bench/node_modules/onnxruntime-web/dist/';
  const tokenizer = await AutoTokenizer.from_pretrained('semrel');
  const model = await AutoModel.from_pretrained('semrel', { dtype: 'q8', device: 'wasm' });
  return async (term) => model(await tokenizer(term));
}

export async function transformersCalls() {
  const embed = await openTransformers();
  return { embed: await timed(TERMS, embed) };
}

export const transformersFirst = () => since(async () => (await openTransformers())(TERMS[0]));

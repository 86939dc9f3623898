import bindings from './wasm/lexicon.js';
import { lexicon } from './data/tr.js';
import { loader, startWorker } from './lib/load.js';
import { bytes } from './wasm/sizes.js';

export { SemrelError } from './lib/errors.js';

// Bundlers look for these very expressions, addresses and workers alike: no helper may hide them.
export const load = loader({
  name: 'lexicon',
  bindings,
  data: lexicon,
  code: () => ({ url: new URL('./wasm/lexicon.wasm', import.meta.url), bytes: bytes.lexicon }),
  startWorker: () =>
    startWorker(
      () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }),
      () => new URL('./worker.js', import.meta.url),
    ),
});

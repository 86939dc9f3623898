import bindings from './wasm/full.js';
import { full } from './data/tr.js';
import { hasRelaxedSimd } from './lib/code.js';
import { loader, startWorker } from './lib/load.js';
import { bytes } from './wasm/sizes.js';

export { SemrelError } from './lib/errors.js';

// Bundlers look for these very expressions, addresses and workers alike: no helper may hide them.
export const load = loader({
  name: 'full',
  bindings,
  data: full,
  code: () =>
    hasRelaxedSimd()
      ? { url: new URL('./wasm/full-relaxed.wasm', import.meta.url), bytes: bytes['full-relaxed'] }
      : { url: new URL('./wasm/full.wasm', import.meta.url), bytes: bytes.full },
  startWorker: () =>
    startWorker(
      () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }),
      () => new URL('./worker.js', import.meta.url),
    ),
});

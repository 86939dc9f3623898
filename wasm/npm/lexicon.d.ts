/**
 * The lexicon build: lexicon, morphology and rewriting; no models, a tenth of the code.
 *
 * @example
 * import { load } from 'semrel/lexicon';
 * const semrel = await load();
 * await semrel.expand('mahfuz hisse');
 */
export type * from './lib/types.js';
export { SemrelError } from './lib/errors.js';
export declare const load: import('./lib/types.js').Load;

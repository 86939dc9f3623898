/**
 * The lexicon build: lexicon, morphology and rewriting; no models, a tenth of the code.
 *
 * @example
 * import { load } from 'semrel/lexicon';
 * const semrel = await load();
 * await semrel.expand('mahfuz hisse');
 */
export type * from './lib/types.d.ts';
export { SemrelError } from './lib/types.d.ts';
export declare const load: import('./lib/types.d.ts').Load;

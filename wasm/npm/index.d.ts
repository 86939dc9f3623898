/**
 * The full build: lexicon, morphology, rewriting and models.
 *
 * @example
 * import { load } from 'semrel';
 * const semrel = await load();
 * await semrel.relation('hakkın kötüye kullanımı', 'hakkın suistimali');
 */
export type * from './lib/types.js';
export { SemrelError } from './lib/errors.js';
export declare const load: import('./lib/types.js').Load;

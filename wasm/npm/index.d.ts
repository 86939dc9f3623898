/**
 * The full build: lexicon, morphology, rewriting and models.
 *
 * @example
 * import { load } from 'semrel';
 * const semrel = await load();
 * await semrel.relation('hakkın kötüye kullanımı', 'hakkın suistimali');
 */
export type * from './lib/types.d.ts';
export { SemrelError } from './lib/types.d.ts';
export declare const load: import('./lib/types.d.ts').Load;

import type { ErrorKind } from './types.js';

/** What every promise of this package is rejected with. */
export declare class SemrelError extends Error {
  constructor(kind: ErrorKind, message: string, options?: ErrorOptions);
  readonly name: 'SemrelError';
  /** For programs; the message is for people and says what to do. */
  readonly kind: ErrorKind;
}

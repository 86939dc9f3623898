/** What every rejected promise of this package is rejected with. */
export class SemrelError extends Error {
  constructor(kind, message, options) {
    super(message, options);
    this.name = 'SemrelError';
    this.kind = kind;
  }
}

/** The error behind a string of the module, `kind: message`. */
export function errorFromModule(text) {
  const colon = text.indexOf(': ');
  return new SemrelError(text.slice(0, colon), text.slice(colon + 2));
}

/** What a caller who aborts gets. */
export function aborted(signal) {
  return new SemrelError('aborted', 'loading was aborted', { cause: signal?.reason });
}

export function freed() {
  return new SemrelError('freed', 'this Semrel was freed: load() gives another one');
}

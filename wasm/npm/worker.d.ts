/**
 * The script of a worker, for bundlers that are told to start one: `load({ worker: new Worker(…) })`.
 * It exports nothing.
 */
export {};

import type { PackAddress } from '../lib/types.js';

/** The Turkish pack without models: all that the lexicon build needs. */
export declare const lexicon: Required<PackAddress>;

/** The Turkish pack with its models. */
export declare const full: Required<PackAddress>;

import { packs } from './tr/packs.js';

// Getters: where import.meta.url is no address (workerd), importing this must not fail.
const pack = (name, url) => ({
  get url() {
    return url();
  },
  ...packs[name],
});

/** Lexicon alone. */
export const lexicon = pack('lexicon', () => new URL('./tr/lexicon.semrel', import.meta.url));

/** Lexicon and models. */
export const full = pack('full', () => new URL('./tr/full.semrel', import.meta.url));

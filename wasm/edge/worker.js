// A module worker for Cloudflare and whatever else runs workerd. Module and pack are part of the worker, so
// no request waits for a download, and the first one finds everything opened.

import { load } from 'semrel/lexicon';
import code from 'semrel/wasm/lexicon.wasm';
import pack from 'semrel/data/tr/lexicon.semrel';
import { handle } from './handler.js';

const semrel = await load({ code, data: pack });
// Reads the stem list, which the first rewriting would have to.
await semrel.rewrite('kiracının tahliyesi', { to: 'lucene' });

export default {
  fetch: (request, env) => handle(semrel, request, env),
};

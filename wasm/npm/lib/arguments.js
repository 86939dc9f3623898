// What comes from JavaScript may be anything. The module is given strings without lone surrogates, of
// bounded length, and options of the right types; it judges the values itself.

import { SemrelError } from './errors.js';

/** The longest text that is taken, in UTF-16 code units. A term or a query may be far shorter only. */
const MAX_TEXT = 1 << 20;
/** The most pairs of one call. */
const MAX_PAIRS = 100_000;
const LARGEST = 0xffff_ffff;

const what = (value) => (value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`);

const wrong = (name, wanted, value) =>
  new SemrelError('type', `${name} must be ${wanted}, not ${what(value)}`);

export function text(value, name) {
  if (typeof value !== 'string') throw wrong(name, 'a string', value);
  if (value.length > MAX_TEXT) {
    throw new SemrelError('limit', `${name} has ${value.length} characters: at most ${MAX_TEXT} are taken`);
  }
  if (/\p{Surrogate}/u.test(value)) {
    throw new SemrelError('invalid_input', `${name} has half a character (a lone surrogate): it was cut in the middle`);
  }
  return value;
}

export function count(value, name) {
  if (typeof value !== 'number') throw wrong(name, 'a number', value);
  if (!Number.isInteger(value) || value < 0 || value > LARGEST) {
    throw new SemrelError('invalid_input', `${name} must be a whole number, 0 or more, not ${value}`);
  }
  return value;
}

/** Pairs as one flat list. */
export function pairs(value) {
  if (typeof value?.[Symbol.iterator] !== 'function' || typeof value === 'string') {
    throw wrong('pairs', 'a list of pairs', value);
  }
  const flat = [];
  for (const pair of value) {
    if (!Array.isArray(pair) || pair.length !== 2) throw wrong('a pair', 'an array of two strings', pair);
    flat.push(text(pair[0], 'a term'), text(pair[1], 'a term'));
    if (flat.length > 2 * MAX_PAIRS) {
      throw new SemrelError('limit', `at most ${MAX_PAIRS} pairs are taken at once`);
    }
  }
  return flat;
}

const checks = {
  count,
  text,
  score(value, name) {
    if (typeof value !== 'number') throw wrong(name, 'a number', value);
    if (!Number.isFinite(value)) throw new SemrelError('invalid_input', `${name} must be finite, not ${value}`);
  },
  flag(value, name) {
    if (typeof value !== 'boolean') throw wrong(name, 'true or false', value);
  },
  texts(value, name) {
    if (!Array.isArray(value)) throw wrong(name, 'an array of strings', value);
    for (const item of value) text(item, `an item of ${name}`);
  },
};

const EXPAND = {
  limit: 'count',
  minScore: 'score',
  relations: 'texts',
  maxDistance: 'count',
  domain: 'text',
  models: 'text',
};
const REWRITE = {
  ...EXPAND,
  to: 'text',
  maxClauses: 'count',
  forms: 'text',
  phrases: 'flag',
  parts: 'flag',
  citations: 'flag',
  defaultOperator: 'text',
  foldCase: 'flag',
  fields: 'texts',
  fixedFields: 'texts',
};

function checked(options, schema) {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw wrong('the options', 'an object', options);
  }
  const stated = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(schema, name)) {
      throw new SemrelError('invalid_input', `there is no option ${JSON.stringify(name)}: there are ${Object.keys(schema).join(', ')}`);
    }
    checks[schema[name]](value, name);
    stated[name] = value;
  }
  return stated;
}

export const expandOptions = (options) => JSON.stringify(checked(options, EXPAND));

/** The engine, and the other options as JSON. */
export function rewriteOptions(options) {
  const { to, ...others } = checked(options, REWRITE);
  if (to === undefined) {
    throw new SemrelError('type', 'rewrite needs the engine that the query is for: { to: "lucene" }');
  }
  return [to, JSON.stringify(others)];
}

/** The entries of an overlay as JSON Lines. */
export function overlayLines(entries) {
  if (entries === undefined) return '';
  if (!Array.isArray(entries)) throw wrong('overlay', 'an array of entries', entries);
  const line = (entry) => {
    if (typeof entry !== 'object' || entry === null) throw wrong('an entry of the overlay', 'an object', entry);
    return JSON.stringify(entry, (key, value) => (typeof value === 'string' ? text(value, key) : value));
  };
  return entries.map(line).join('\n');
}

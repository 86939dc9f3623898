import * as check from './arguments.js';
import { freed } from './errors.js';

/** Pairs that the module judges in one go; more are taken in turns, which bounds its memory. */
const PAIRS_AT_ONCE = 1024;

/**
 * The one interface. It checks arguments and makes objects of answers; whoever answers, in the page or in
 * a worker, is its engine.
 */
export class Semrel {
  #engine;
  #release;
  #freed = false;

  constructor(engine, release) {
    this.#engine = engine;
    this.#release = release;
  }

  async #ask(method, ...args) {
    if (this.#freed) throw freed();
    return this.#engine.call(method, args);
  }

  async #json(method, ...args) {
    return JSON.parse(await this.#ask(method, ...args));
  }

  async relation(a, b) {
    return this.#json('relation', check.text(a, 'a'), check.text(b, 'b'));
  }

  async relations(pairs) {
    const terms = check.pairs(pairs);
    const answers = [];
    for (let at = 0; at < terms.length; at += 2 * PAIRS_AT_ONCE) {
      answers.push(...(await this.#json('relations', terms.slice(at, at + 2 * PAIRS_AT_ONCE))));
    }
    return answers;
  }

  async relationByModel(a, b) {
    return this.#json('relationByModel', check.text(a, 'a'), check.text(b, 'b'));
  }

  async expand(term, options) {
    return this.#json('expand', check.text(term, 'term'), check.expandOptions(options));
  }

  async rewrite(query, options) {
    return this.#json('rewrite', check.text(query, 'query'), ...check.rewriteOptions(options));
  }

  async segment(text) {
    return this.#json('segment', check.text(text, 'text'));
  }

  async lookup(term) {
    return this.#json('lookup', check.text(term, 'term'));
  }

  async prefix(beginning, limit = 10) {
    return this.#json('prefix', check.text(beginning, 'beginning'), check.count(limit, 'limit'));
  }

  async suggest(term, limit = 5) {
    return this.#json('suggest', check.text(term, 'term'), check.count(limit, 'limit'));
  }

  async lemma(term) {
    return this.#json('lemma', check.text(term, 'term'));
  }

  async similar(term, limit = 10) {
    return this.#json('similar', check.text(term, 'term'), check.count(limit, 'limit'));
  }

  async embed(term, dimensions) {
    if (dimensions !== undefined) check.count(dimensions, 'dimensions');
    return this.#ask('embed', check.text(term, 'term'), dimensions);
  }

  async info() {
    return this.#json('info');
  }

  free() {
    if (this.#freed) return;
    this.#freed = true;
    this.#release();
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.free();
  }
}

import type { SemrelError } from './errors.js';

/** How two terms relate. */
export type Relation = 'synonym' | 'antonym' | 'co_hyponym' | 'unrelated';

/**
 * What an answer rests on: a labelled pair of the lexicon or the overlay, two ways of writing or
 * inflecting one term, the parts of compounds, or the models.
 */
export type Evidence = 'lexicon' | 'variant' | 'composition' | 'model';

/** The engines that queries are rewritten for. */
export type Engine =
  | 'lucene'
  | 'elasticsearch'
  | 'opensearch'
  | 'solr'
  | 'tantivy'
  | 'fts5'
  | 'tsquery'
  | 'plain';

/** What went wrong. */
export type ErrorKind =
  /** The text, option or entry does not make sense; half characters (lone surrogates) too. */
  | 'invalid_input'
  /** An argument is not of the type that it should be. */
  | 'type'
  /** A size or count is over a stated limit. */
  | 'limit'
  /** The data or the module are damaged, cut off, or something else altogether. */
  | 'corrupt'
  /** The data or the module are of a version that this package does not read. */
  | 'version'
  /** The pack has no models, or this build runs none, or the engine lacks WebAssembly SIMD. */
  | 'unavailable'
  /** A download failed; trying again may help. */
  | 'network'
  /** The caller's signal was aborted; `cause` is its reason. */
  | 'aborted'
  /** `free()` was called. */
  | 'freed'
  /** The module or its worker broke down. Load again. */
  | 'crashed'
  /** None of these. */
  | 'io';

/** One score per relation, each from 0 to 1, adding up to 1. */
export type RelationScores = Record<Relation, number>;

/** How two terms relate, and on what the answer rests. */
export interface RelationAnswer {
  relation: Relation;
  scores: RelationScores;
  evidence: Evidence;
  /** Where the label comes from. */
  source?: string;
  /** The field in which the relation holds: `inheritance`, `tax`, … */
  domain?: string;
  /** Which of the two is the nearest broader term of the other, if one is. */
  broader?: 'a' | 'b';
}

export interface ExpandOptions {
  /** At most this many expansions. Default 10 (`rewrite`: 5 for each term). */
  limit?: number;
  /** Only expansions with at least this score, from 0 to 1. Default 0.5. */
  minScore?: number;
  /** What may stand for the term. Default `['synonym']`; antonyms never do. */
  relations?: ('synonym' | 'co_hyponym')[];
  /** Steps in the synonym graph: 1 for labelled pairs alone, 2 (default) for what follows from them. */
  maxDistance?: number;
  /** Only relations that hold in this field, or in none in particular. Default: any. */
  domain?: string;
  /** For which terms the models propose expansions too. Default `unknown`: those not in the lexicon. */
  models?: 'never' | 'unknown' | 'always';
}

/** A term that may stand for another. */
export interface Expansion {
  term: string;
  relation: Relation;
  /** Probability that it does, from 0 to 1. */
  score: number;
  evidence: Evidence;
  /** Steps in the synonym graph. */
  distance: number;
  source?: string;
  domain?: string;
  /** What the term means, in a few words. */
  gloss?: string;
}

export interface RewriteOptions extends ExpandOptions {
  /** The engine that the query is for. */
  to: Engine;
  /** At most this many words, phrases and patterns in all, from 1 to 1024. Default 256. */
  maxClauses?: number;
  /** In which form a term is added: `lemma` for engines that stem, `surface` for others. Default `both`. */
  forms?: 'lemma' | 'surface' | 'both';
  /** Expand phrases in quotation marks too. Default `false`. */
  phrases?: boolean;
  /** Expand the words inside a term of several words too. Default `true`. */
  parts?: boolean;
  /** Expand the names of statutes and courts in citations. Default `false`. */
  citations?: boolean;
  /** What words side by side mean in the engine. Default `and`. */
  defaultOperator?: 'and' | 'or';
  /** Write words in Turkish lower case, for indexes that were folded so. Default `false`. */
  foldCase?: boolean;
  /** The fields that are searched. Default: left to the engine. */
  fields?: string[];
  /** Further fields that a query may name, whose content is never expanded. */
  fixedFields?: string[];
}

/** Something that a query was widened by. Places are indices of the query string. */
export interface Alternative {
  /** What is searched for. */
  text: string;
  /** The term of the lexicon that it is a form of. */
  term: string;
  relation: Relation;
  score: number;
  /** The factor on its rank in the search, under 1: the original has 1. */
  weight: number;
  evidence: Evidence;
  distance: number;
  source?: string;
  domain?: string;
  /** The term that was recognised in the query. */
  writtenTerm: string;
  /** As the query has it. */
  written: string;
  start: number;
  end: number;
  /** Why it was added, in an English sentence. */
  explanation: string;
}

export interface Rewrite {
  query: string;
  to: Engine;
  /** The query for the engine; JSON for Elasticsearch and OpenSearch. */
  rewritten: string;
  /** Everything that was added, in the order of the query. */
  alternatives: Alternative[];
}

/** A term or a word of running text: `text.slice(start, end)`. */
export interface Segment {
  text: string;
  start: number;
  end: number;
  /** How many words it has. */
  words: number;
  /** The term of the lexicon in its right spelling; none for other words. */
  term?: string;
  kind: 'ordinary' | 'stop' | 'number' | 'citation';
}

/** What the lexicon says of a term. */
export interface Entry {
  term: string;
  senses: Sense[];
  /** The term that speaks for its synonym group. */
  preferred?: string;
  relations: RelatedTerm[];
}

export interface Sense {
  /** Part of speech: `noun`, `verb`, … */
  pos?: string;
  domain?: string;
  gloss?: string;
  /** The nearest broader term. */
  hypernym?: string;
}

export interface RelatedTerm {
  term: string;
  relation: Relation;
  /** Probability that the label is right, from 0 to 1. */
  weight: number;
  source?: string;
  domain?: string;
  /** A one-way rule: this term may stand for the entry (`out`), or the entry for it (`in`). */
  direction?: 'out' | 'in';
  /** Kept out of every expansion, because some path makes the two antonyms. */
  guarded: boolean;
  /** Follows from other labels; none states it. */
  derived: boolean;
}

export interface Suggestion {
  term: string;
  /** Edits between the spellings; a missing Turkish mark (`sozlesme`) counts an eighth. */
  distance: number;
}

export interface Similar {
  term: string;
  /** Cosine of the two vectors, from -1 to 1. */
  score: number;
}

export interface Info {
  /** Version of the library. */
  version: string;
  build: 'lexicon' | 'full';
  /** What multiplies the matrices of the models; `null` in the lexicon build. */
  kernel: string | null;
  /** What the pack says of itself. */
  pack: PackManifest;
  sources: string[];
  domains: string[];
  /** Bytes of WebAssembly memory in use, the pack included. */
  memory: number;
}

export interface PackManifest {
  format: number;
  name: string;
  /** BCP 47 tag. */
  language: string;
  version: string;
  licence: string;
  attribution: string;
  counts: {
    terms: number;
    synonym: number;
    antonym: number;
    co_hyponym: number;
    unrelated: number;
    transitive: number;
    guarded: number;
    groups: number;
  };
  model?: Record<string, unknown>;
  files: Record<string, { bytes: number; crc32: number }>;
}

/**
 * An opened pack. Every method answers with a promise, in the page and in a worker alike, and rejects
 * with a {@link SemrelError}. A text is at most 1,048,576 UTF-16 code units long, a term 1024 bytes of
 * UTF-8, a query 64 KiB.
 */
export interface Semrel {
  /** How two terms relate; `null` if nothing is known. */
  relation(a: string, b: string): Promise<RelationAnswer | null>;
  /** {@link relation} of many pairs (at most 100,000), in their order; models are quicker so. */
  relations(pairs: Iterable<readonly [string, string]>): Promise<(RelationAnswer | null)[]>;
  /** How two terms relate by the models alone, whatever the lexicon says. Full build. */
  relationByModel(a: string, b: string): Promise<RelationAnswer>;
  /** What may stand for a term, best first. Never an antonym. */
  expand(term: string, options?: ExpandOptions): Promise<Expansion[]>;
  /** A search query, widened by what may stand for its terms, for one engine. */
  rewrite(query: string, options: RewriteOptions): Promise<Rewrite>;
  /** The terms of the lexicon in running text, inflected or not, and the words between them. */
  segment(text: string): Promise<Segment[]>;
  /** What the lexicon itself says of the terms that a text names: meanings, all relations. */
  lookup(term: string): Promise<Entry[]>;
  /** Terms that begin so, at most `limit` (10; 1000 at most), in the order of the lexicon. */
  prefix(beginning: string, limit?: number): Promise<string[]>;
  /** What may have been meant by a text that is no term, at most `limit` (5). */
  suggest(term: string, limit?: number): Promise<Suggestion[]>;
  /** The dictionary form under which the lexicon has an inflected term; `null` if it has it as it is. */
  lemma(term: string): Promise<string | null>;
  /** The nearest terms by the models, at most `limit` (10). Near is not synonymous: antonyms are near. */
  similar(term: string, limit?: number): Promise<Similar[]>;
  /** The vector of a term, of unit length; only the first `dimensions` numbers, if stated. */
  embed(term: string, dimensions?: number): Promise<Float32Array>;
  /** What answers: build, kernel, pack. */
  info(): Promise<Info>;
  /** Lets go of memory and worker. Calls that wait, and later ones, are rejected with kind `freed`. */
  free(): void;
  /** {@link free}, for `using`. */
  [Symbol.dispose](): void;
}

/** A pack: its address, or what answers to it, or its bytes. */
export type PackData =
  | string
  | URL
  | PackAddress
  | Response
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | Promise<Response | ArrayBuffer | ArrayBufferView | Blob>;

/** The address of a pack, with what is known of it. */
export interface PackAddress {
  readonly url: string | URL;
  /** Its length, uncompressed: for the progress of a download. */
  readonly bytes?: number;
  /** Changes with its content. A pack with one is kept by the Cache API, where there is one. */
  readonly id?: string;
}

/** An entry of the user's own, beside the lexicon and before it. */
export type OverlayEntry =
  | {
      sentence1: string;
      sentence2: string;
      label: Relation;
      /** The second may stand for the first, not the other way round. */
      one_way?: boolean;
      weight?: number;
      domain?: string;
    }
  /** Two terms that must never stand for each other. */
  | { forbid: readonly [string, string] };

/** Bytes loaded and expected; nothing is expected where the length is not known. */
export interface Loaded {
  loaded: number;
  total?: number;
}

/** How far loading has come; uncompressed bytes. */
export interface Progress extends Loaded {
  stage: 'download' | 'open';
  code: Loaded;
  data: Loaded;
}

export interface LoadOptions {
  /** The pack. Default: the Turkish one beside this package. */
  data?: PackData;
  /** Entries of your own. */
  overlay?: readonly OverlayEntry[];
  /** Answer in a worker, `true` or one made of `semrel/worker`. Default: in the page. */
  worker?: boolean | Worker;
  /** Called while code and data are loaded. */
  onProgress?: (progress: Progress) => void;
  /** Stops loading. */
  signal?: AbortSignal;
  /** The WebAssembly module, where the runtime cannot load it by its address (edge workers). */
  code?: WebAssembly.Module | ArrayBuffer | ArrayBufferView | string | URL;
}

/**
 * Loads module and pack, at the same time. Whoever loads the same thing twice shares it; each gets a
 * handle of their own to free.
 */
export type Load = (options?: LoadOptions) => Promise<Semrel>;

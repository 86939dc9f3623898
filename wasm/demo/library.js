// The library, how far it is loaded, and what to do when that fails.

import { load as loadLexicon } from './semrel/lexicon.js';
import { full as fullPack, lexicon as lexiconPack } from './semrel/data/tr.js';
import { bytes } from './semrel/wasm/sizes.js';
import { $, h } from './dom.js';
import { megabytes, number, onLanguage, t } from './settings.js';

let semrel;
let state = { stage: 'loading' };
let listeners = [];
let wantsModels = false;

export const onChange = (listener) => listeners.push(listener);
export const ready = () => semrel !== undefined;
export const modelsSize = () => (bytes.full ? bytes.full + fullPack.bytes : undefined);
export const hasModels = () => state.build === 'full';

/** Asks the library; a breakdown is shown where loading is. */
export async function ask(question) {
  try {
    return await question(semrel);
  } catch (error) {
    if (error.kind === 'crashed' || error.kind === 'freed') {
      semrel = undefined;
      become({ stage: 'failed', error });
    }
    throw error;
  }
}

/** Loads the lexicon, or with `models` everything. */
export async function start(models = wantsModels) {
  wantsModels = models;
  const total = models ? bytes.full + fullPack.bytes : bytes.lexicon + lexiconPack.bytes;
  become({ stage: 'loading', models, loaded: 0, total });
  try {
    const load = models ? (await import('./semrel/index.js')).load : loadLexicon;
    const onProgress = (progress) => {
      const { code, data } = progress;
      become({ stage: progress.stage === 'open' ? 'opening' : 'loading', models, loaded: progress.loaded, total: progress.total ?? total, code, data });
    };
    const loaded = await load({ worker: true, onProgress });
    const before = semrel;
    semrel = loaded;
    before?.free();
    const info = await semrel.info();
    become({ stage: 'ready', build: info.build, info });
    for (const listener of listeners) listener();
  } catch (error) {
    become({ stage: 'failed', error });
  }
}

function become(next) {
  state = { build: state.build, info: state.info, ...next };
  show();
}

function show() {
  const { stage, info } = state;
  const box = $('loading');
  box.className = `loading ${stage}`;
  box.replaceChildren(...(VIEWS[stage] ?? VIEWS.loading)());
  document.body.classList.toggle('is-ready', semrel !== undefined);
  if (info) showAbout(info);
}

const VIEWS = {
  loading() {
    const { loaded = 0, total, models, code, data } = state;
    const what = models ? t().loadingModels : t().loading;
    const parts = code && data ? t().parts(megabytes(code.loaded), megabytes(data.loaded)) : '';
    return [
      h('div', { class: 'what' }, h('span', {}, what), h('span', { class: 'count' }, t().progress(megabytes(loaded), megabytes(total)))),
      h('progress', { max: total, value: loaded, 'aria-label': what }),
      h('div', { class: 'parts' }, parts),
    ];
  },
  opening() {
    return [h('div', { class: 'what' }, t().opening), h('progress', { 'aria-label': t().opening }), h('div', { class: 'parts' })];
  },
  failed() {
    const { error } = state;
    const why = t().failed[error.kind] ?? t().failed.other;
    return [
      h('div', { role: 'alert' }, h('p', {}, why), h('p', { class: 'detail' }, error.message)),
      h('button', { type: 'button', class: 'action', onclick: () => start() }, t().retry),
    ];
  },
  ready() {
    const { info } = state;
    return [h('span', { class: 'dot', 'aria-hidden': 'true' }), h('span', {}, t().ready(number(info.pack.counts.terms))), ' ', h('span', { class: 'offline' }, t().offline)];
  },
};

function showAbout({ pack, build, memory }) {
  const rows = t().aboutRows;
  const { counts } = pack;
  const pairs = counts.synonym + counts.antonym + counts.co_hyponym + counts.unrelated;
  const facts = [
    [rows.terms, number(counts.terms)],
    [rows.pairs, number(pairs)],
    [rows.build, t().builds[build]],
    [rows.memory, megabytes(memory)],
    [rows.licence, pack.licence],
  ];
  $('about').replaceChildren(h('dl', {}, facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))));
}

onLanguage(show);

/** A button that loads the models. */
export function modelsButton() {
  const size = modelsSize();
  return size ? h('button', { type: 'button', class: 'action', onclick: () => start(true) }, t().loadModels(megabytes(size))) : null;
}

/** What to show where an answer would be, after the library refused a question. */
export function refusal(error) {
  const why = t().refused[error.kind] ?? t().failed[error.kind] ?? t().failed.other;
  return h('p', { class: 'nothing' }, why);
}

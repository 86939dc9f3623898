// A term, what it means, and its neighbours as a graph.

import { $, h } from './dom.js';
import { graph } from './graph.js';
import { ask, refusal } from './library.js';
import { domainName, t } from './settings.js';

let current = '';
let shown; // what is drawn, to be drawn again where the width changes

export async function showTerm(term, choose) {
  current = term;
  shown = undefined;
  const result = $('term-result');
  if (!term.trim()) return result.replaceChildren();
  try {
    const entries = await lookup(term);
    if (current !== term) return;
    if (entries.length) {
      shown = { entries, choose };
      draw();
      return;
    }
    const suggestions = await ask((semrel) => semrel.suggest(term, 5));
    if (current === term) result.replaceChildren(...unknown(term, suggestions, choose));
  } catch (error) {
    if (current === term) result.replaceChildren(refusal(error));
  }
}

/** What the lexicon says of a term, inflected or not. */
async function lookup(term) {
  const entries = await ask((semrel) => semrel.lookup(term));
  if (entries.length) return entries;
  const lemma = await ask((semrel) => semrel.lemma(term));
  return lemma ? ask((semrel) => semrel.lookup(lemma)) : [];
}

function draw() {
  const { entries, choose } = shown;
  const result = $('term-result');
  const [entry] = entries;
  const senses = entry.senses.filter(({ gloss }) => gloss);
  const meanings = h(
    'ol',
    { class: `senses${senses.length === 1 ? ' single' : ''}` },
    senses.map(({ pos, domain, gloss }) =>
      h(
        'li',
        {},
        h('span', { class: 'kind' }, [pos && (t().pos[pos] ?? pos), domain && domainName(domain)].filter(Boolean).join(', ')),
        ' ',
        h('span', { lang: 'tr' }, gloss),
      ),
    ),
  );
  result.replaceChildren(h('div', { class: 'headword' }, h('p', { class: 'term-name', lang: 'tr' }, entry.term), meanings), graph(entry, result.clientWidth, choose));
}

let width = 0;
new ResizeObserver(([{ contentRect }]) => {
  if (shown && Math.abs(contentRect.width - width) > 20) draw();
  width = contentRect.width;
}).observe($('term-result'));

function unknown(term, suggestions, choose) {
  const links = suggestions.map((s) => h('button', { type: 'button', class: 'example', lang: 'tr', onclick: () => choose(s.term) }, s.term));
  return [
    h('p', { class: 'nothing' }, t().notInLexicon(term)),
    links.length > 0 && h('p', { class: 'examples' }, h('span', {}, t().didYouMean), ' ', links),
  ].filter(Boolean);
}

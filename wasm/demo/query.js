// A query: its terms, what may and may not stand for them, and how it reaches each engine.

import { $, h } from './dom.js';
import { ask, refusal } from './library.js';
import { domainName, percent, sourceName, t } from './settings.js';

const ENGINES = [
  ['lucene', 'Lucene'],
  ['elasticsearch', 'Elasticsearch'],
  ['opensearch', 'OpenSearch'],
  ['solr', 'Solr'],
  ['tantivy', 'tantivy'],
  ['fts5', 'SQLite FTS5'],
  ['tsquery', 'PostgreSQL'],
  ['plain', undefined],
];
const SHOWN = 6;

let engine = 'lucene';
let current = '';

/** Shows everything about a query; `choose` is called with a term that was clicked. */
export async function showQuery(query, choose) {
  current = query;
  const result = $('query-result');
  if (!query.trim()) {
    result.hidden = true;
    return;
  }
  let segments, rewrite;
  try {
    [segments, rewrite] = await ask((semrel) => Promise.all([semrel.segment(query), semrel.rewrite(query, { to: engine })]));
  } catch (error) {
    if (current === query) {
      result.hidden = false;
      $('segments').replaceChildren(refusal(error));
      $('terms').replaceChildren();
      $('rewritten').replaceChildren();
    }
    return;
  }
  if (current !== query) return; // the visitor typed on
  result.hidden = false;
  // What the query prohibits is not widened.
  const prohibited = new Set(segments.filter(({ start }) => '-!'.includes(query[start - 1] || ' ')));
  $('segments').replaceChildren(...written(query, segments, choose));
  const terms = [...new Set(segments.filter((segment) => segment.term && !prohibited.has(segment)).map(({ term }) => term))];
  const cards = await Promise.all(terms.slice(0, 12).map((term) => card(term, rewrite, choose)));
  if (current !== query) return;
  $('terms').replaceChildren(...cards);
  showRewrite(rewrite);
  $('query-summary').textContent = t().summary(terms.length, rewrite.alternatives.length);
}

/** The query as it was written, its terms underlined. */
function written(query, segments, choose) {
  const parts = [];
  let at = 0;
  for (const { term, text, start, end, kind } of segments) {
    parts.push(query.slice(at, start));
    if (term) {
      const below = h('span', { class: 'lemma' }, term);
      parts.push(h('button', { type: 'button', class: 'term', onclick: () => choose(term) }, h('span', { class: 'surface' }, text), below));
    } else {
      parts.push(h('span', { class: `word ${kind}` }, text));
    }
    at = end;
  }
  parts.push(query.slice(at));
  return parts;
}

async function card(term, rewrite, choose) {
  const [expansions, entries] = await ask((semrel) => Promise.all([semrel.expand(term, { limit: 20 }), semrel.lookup(term)]));
  const relations = entries.flatMap((entry) => entry.relations);
  const of = (relation) => [...new Map(relations.filter((r) => r.relation === relation).map((r) => [r.term, r])).values()];
  const sense = entries[0]?.senses.find(({ gloss }) => gloss);
  return h(
    'article',
    { class: 'card' },
    h(
      'h3',
      { lang: 'tr' },
      h('button', { type: 'button', class: 'link', title: t().showInGraph, onclick: () => choose(term) }, term),
      sense?.domain && h('span', { class: 'domain', lang: document.documentElement.lang }, domainName(sense.domain)),
    ),
    sense && h('p', { class: 'gloss', lang: 'tr' }, sense.gloss),
    expansions.length
      ? group('synonym', t().synonyms, expansions.map((e) => ({ ...e, weight: e.score })), true)
      : h('p', { class: 'nothing' }, t().noSynonyms),
    group('antonym', t().antonyms, of('antonym')),
    group('co_hyponym', t().coHyponyms, of('co_hyponym')),
  );
}

function group(relation, title, items, withEvidence = false) {
  if (!items.length) return null;
  const list = items.slice(0, SHOWN).map(({ term, weight, source, evidence }) => {
    const name = relation === 'antonym' ? h('del', { lang: 'tr' }, term) : h('span', { class: 'name', lang: 'tr' }, term);
    const why = withEvidence && (evidence === 'lexicon' && source ? sourceName(source) : t().evidence[evidence]);
    return h('li', {}, name, h('span', { class: 'score' }, percent(weight)), why && h('span', { class: 'why' }, why));
  });
  const left = items.length - list.length;
  return h('div', { class: `group ${relation}` }, h('h4', {}, title), h('ul', {}, list, left > 0 && h('li', { class: 'more' }, t().more(left))));
}

function showRewrite({ rewritten, to, alternatives }) {
  const text = to === 'elasticsearch' || to === 'opensearch' ? pretty(rewritten) : rewritten;
  $('rewritten').replaceChildren(...marked(text, alternatives));
  $('rewritten-panel').setAttribute('aria-labelledby', `engine-${to}`);
  $('copy').textContent = t().copy;
  $('engine-note').textContent = alternatives.length ? t().added(alternatives.length) : t().nothingAdded;
}

const pretty = (json) => {
  const spaced = JSON.stringify(JSON.parse(json), null, 2);
  // Short objects on one line: the structure shows, and a phone is enough.
  return spaced.replace(/\{\s+("[^{}\[\]]{1,70}?)\s+\}/g, (_, inner) => `{ ${inner.replace(/\s*\n\s*/g, ' ')} }`);
};

/** The rewritten query, with what was added marked. */
function marked(text, alternatives) {
  const added = [...new Set(alternatives.map((alternative) => alternative.text))].sort((a, b) => b.length - a.length);
  if (!added.length) return [text];
  const escaped = added.map((words) => words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ /g, `(?:' <-> '|" "|' & '| )`));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(at, match.index), h('mark', {}, match[0]));
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}

/** Tabs, one of which is in the tab order; arrows move between them. */
export function startEngines(again) {
  const list = $('engines');
  const tabs = ENGINES.map(([name, label]) =>
    h('button', { type: 'button', role: 'tab', id: `engine-${name}`, 'aria-controls': 'rewritten-panel', value: name, 'data-text': label ? undefined : name }, label ?? t()[name]),
  );
  const choose = (tab, focus) => {
    engine = tab.value;
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute('aria-selected', String(chosen));
      other.tabIndex = chosen ? 0 : -1;
    }
    if (focus) tab.focus();
    tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    again();
  };
  list.append(...tabs);
  list.addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (tab) choose(tab);
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.indexOf(document.activeElement);
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step && (at + step + tabs.length) % tabs.length;
    if (next === undefined || at < 0) return;
    event.preventDefault();
    choose(tabs[next], true);
  });
  tabs[0].setAttribute('aria-selected', 'true');
  tabs.slice(1).forEach((tab) => (tab.tabIndex = -1));
  $('copy').addEventListener('click', async () => {
    const copy = $('copy');
    try {
      await navigator.clipboard.writeText($('rewritten').textContent);
      copy.textContent = t().copied;
    } catch {
      copy.textContent = t().notCopied;
    }
    setTimeout(() => (copy.textContent = t().copy), 2000);
  });
}

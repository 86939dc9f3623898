// Two terms, and a bar for each relation.

import { $, escapeHtml, h } from './dom.js';
import { ask, hasModels, modelsButton, refusal } from './library.js';
import { domainName, percent, sourceName, t } from './settings.js';

const RELATIONS = ['synonym', 'antonym', 'co_hyponym', 'unrelated'];
let current = '';

export async function showPair(a, b) {
  const asked = `${a}\n${b}`;
  current = asked;
  const result = $('pair-result');
  if (!a.trim() || !b.trim()) return result.replaceChildren();
  try {
    const answer = await ask((semrel) => semrel.relation(a, b));
    if (current === asked) result.replaceChildren(...(answer ? known(answer, a, b) : unknown(a, b)));
  } catch (error) {
    if (current === asked) result.replaceChildren(refusal(error));
  }
}

function known({ relation, scores, evidence, source, domain, broader }, a, b) {
  const [first, second] = [escapeHtml(a.trim()), escapeHtml(b.trim())];
  const { verdict } = t();
  const sentence = h('p', { class: 'verdict' });
  sentence.innerHTML = broader
    ? verdict.broader(...(broader === 'a' ? [first, second] : [second, first]))
    : verdict[relation](first, second);
  const basis = [t().evidence[evidence], source && sourceName(source), domain && domainName(domain)].filter(Boolean).join(' · ');
  return [
    sentence,
    // A broader term is none of the four, which bars could not say.
    !broader && h('dl', { class: 'bars' }, RELATIONS.map((name) => bar(name, scores[name], name === relation))),
    h('p', { class: 'note' }, `${t().basis}: ${basis}`),
  ].filter(Boolean);
}

function bar(name, score, best) {
  const fill = h('span', { class: 'fill' });
  fill.style.inlineSize = `${score * 100}%`;
  return h('div', { class: `bar ${name}${best ? ' best' : ''}` }, h('dt', {}, t()[name]), h('dd', {}, h('span', { class: 'track', 'aria-hidden': 'true' }, fill), h('span', { class: 'value' }, percent(score))));
}

function unknown(a, b) {
  const sentence = h('p', { class: 'verdict' });
  sentence.innerHTML = t().unknown(escapeHtml(a.trim()), escapeHtml(b.trim()));
  const button = !hasModels() && modelsButton();
  return [sentence, button && h('p', { class: 'note' }, t().askModels), button && h('p', {}, button)].filter(Boolean);
}

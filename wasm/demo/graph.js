// The neighbourhood of a term: the term in the middle, what may stand for it on the left, opposites and
// its own kind on the right. On a narrow page all of it on the right. Labels have rows of their own,
// so none covers another.

import { h, s } from './dom.js';
import { percent, t } from './settings.js';

const ROW = 30;
const MOST = { synonym: 10, antonym: 6, co_hyponym: 6 };
const RELATIONS = ['synonym', 'antonym', 'co_hyponym'];

export function graph(entry, width, choose) {
  const broader = entry.senses.map(({ hypernym }) => hypernym).find(Boolean);
  const neighbours = {};
  for (const relation of RELATIONS) {
    const all = entry.relations.filter((r) => r.relation === relation && r.direction !== 'in');
    neighbours[relation] = { shown: all.slice(0, MOST[relation]), left: Math.max(0, all.length - MOST[relation]), all: all.length };
  }
  const wide = width >= 620;
  const drawn = wide ? bowTie(entry.term, neighbours, broader, width) : tree(entry.term, neighbours, broader, Math.max(width, 280));
  const { synonym, antonym, co_hyponym } = neighbours;
  const svg = s(
    'svg',
    { class: 'graph', viewBox: `0 0 ${drawn.width} ${drawn.height}`, width: drawn.width, height: drawn.height, role: 'group' },
    s('title', {}, t().graphLabel(entry.term, synonym.all, antonym.all, co_hyponym.all)),
    drawn.edges,
    drawn.nodes,
  );
  svg.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link) return;
    event.preventDefault();
    choose(link.dataset.term);
  });
  return h('figure', { class: 'neighbourhood' }, svg, legend());
}

function legend() {
  const item = (relation) =>
    h('li', { class: relation }, s('svg', { width: 34, height: 12, 'aria-hidden': 'true' }, s('path', { class: `edge ${relation}`, d: 'M1 6H33' }), relation === 'antonym' && s('path', { class: 'bar', d: 'M17 1V11' })), t()[relation]);
  return h('figcaption', {}, h('ul', { class: 'legend' }, RELATIONS.map(item)));
}

function bowTie(term, neighbours, broader, width) {
  const left = column([['synonym', neighbours.synonym]]);
  const right = column([['antonym', neighbours.antonym], ['co_hyponym', neighbours.co_hyponym]]);
  const top = broader ? 64 : 14;
  const height = Math.max(left.height, right.height, 90) + top + 14;
  const middle = { x: width / 2, y: top + (height - top - 14) / 2 };
  const reach = Math.min(200, width * 0.24);
  const drawn = { width, height, edges: [], nodes: [] };
  const place = (rows, side) => {
    const offset = middle.y - rows.height / 2 + ROW / 2;
    for (const row of rows.items) connect(drawn, middle, { x: middle.x + side * reach, y: offset + row.y }, side, row);
  };
  place(left, -1);
  place(right, 1);
  if (broader) {
    drawn.edges.push(s('path', { class: 'edge broader', d: `M${middle.x} ${middle.y - 18}V48` }));
    drawn.nodes.push(s('text', { class: 'kind', x: middle.x, y: 16, 'text-anchor': 'middle' }, t().broader), link(broader, middle.x, 38, 'middle', 'broader'));
  }
  drawn.nodes.push(...centre(term, middle));
  return drawn;
}

/** The term on top, everything below it on a stem. */
function tree(term, neighbours, broader, width) {
  const rows = column(RELATIONS.map((relation) => [relation, neighbours[relation]]));
  const top = broader ? 96 : 52;
  const root = { x: 18, y: top - 22 };
  const drawn = { width, height: top + rows.height + 10, edges: [], nodes: [] };
  const last = rows.items.at(-1);
  if (last) drawn.edges.push(s('path', { class: 'edge stem', d: `M${root.x} ${root.y + 12}V${top + last.y + ROW / 2 - 12}` }));
  for (const row of rows.items) {
    const at = { x: 58, y: top + row.y + ROW / 2 };
    drawn.edges.push(s('path', { class: `edge ${row.class}`, d: `M${root.x} ${at.y - 12}Q${root.x} ${at.y} ${root.x + 12} ${at.y}H${at.x - 8}` }));
    if (row.relation === 'antonym' && row.term) drawn.edges.push(s('path', { class: 'bar', d: `M${at.x - 20} ${at.y - 6}V${at.y + 6}` }));
    drawn.nodes.push(label(row, at, 'start'));
  }
  drawn.nodes.push(s('text', { class: 'centre', x: 10, y: root.y, 'dominant-baseline': 'middle' }, term));
  if (broader) {
    drawn.nodes.push(s('text', { class: 'kind', x: 10, y: 16 }, t().broader), link(broader, 10, 40, 'start', 'broader'));
  }
  return drawn;
}

/** Rows of labels, a gap between relations. */
function column(groups) {
  const items = [];
  let y = 0;
  for (const [relation, { shown, left }] of groups) {
    if (!shown.length) continue;
    if (items.length) y += ROW * 0.5;
    for (const { term, weight, derived, guarded } of shown) {
      items.push({ relation, term, weight, guarded, class: `${relation}${derived ? ' derived' : ''}${guarded ? ' guarded' : ''}`, y });
      y += ROW;
    }
    if (left) {
      items.push({ relation, more: left, class: `${relation} more`, y });
      y += ROW;
    }
  }
  return { items, height: y };
}

function connect(drawn, from, to, side, row) {
  const bend = from.x + side * Math.abs(to.x - from.x) * 0.55;
  const end = to.x - side * 8;
  drawn.edges.push(s('path', { class: `edge ${row.class}`, d: `M${from.x} ${from.y}C${bend} ${from.y} ${bend} ${to.y} ${end} ${to.y}`, 'stroke-width': row.weight ? (row.weight * 2).toFixed(2) : 1 }));
  if (row.relation === 'antonym' && row.term) drawn.edges.push(s('path', { class: 'bar', d: `M${end - side * 14} ${to.y - 6}V${to.y + 6}` }));
  drawn.nodes.push(label(row, to, side < 0 ? 'end' : 'start'));
}

function label(row, { x, y }, anchor) {
  if (row.more) return s('text', { class: 'more', x, y: y + 4, 'text-anchor': anchor }, t().more(row.more));
  const what = [t()[row.relation], percent(row.weight), row.guarded && t().guarded].filter(Boolean).join(', ');
  return link(row.term, x, y + 4, anchor, row.relation, what);
}

function link(term, x, y, anchor, relation, what) {
  const text = s('text', { x, y, 'text-anchor': anchor, lang: 'tr' }, term);
  const name = `${term}: ${what ?? t().broader}`;
  return s('a', { href: `#term=${encodeURIComponent(term)}`, 'data-term': term, class: relation, 'aria-label': name }, s('title', {}, name), text);
}

function centre(term, { x, y }) {
  const half = Math.max(40, term.length * 4.9 + 16);
  return [
    s('rect', { class: 'plate', x: x - half, y: y - 19, width: 2 * half, height: 38, rx: 19 }),
    s('text', { class: 'centre', x, y: y + 5, 'text-anchor': 'middle', lang: 'tr' }, term),
  ];
}

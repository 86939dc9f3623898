import { $, h } from './dom.js';
import { ask, onChange, ready, start } from './library.js';
import { showPair } from './pair.js';
import { showQuery, startEngines } from './query.js';
import { onLanguage, startSettings } from './settings.js';
import { showTerm } from './term.js';

const EXAMPLES = {
  query: ['mahfuz hissenin ihlali -vasiyet', 'kiracının tahliyesi', '6098 sayılı TBK m. 344 kira bedelinin tespiti', 'işçinin haklı nedenle feshi', 'müteahhidin temerrüdü'],
  term: ['saklı pay', 'kiracı', 'tahliye', 'zamanaşımı', 'haklı fesih'],
  pair: [['alacaklı', 'borçlu'], ['menkul rehni', 'taşınır rehni'], ['tapu iptali', 'tapu tescili'], ['saklı pay', 'miras payı'], ['hakkın kötüye kullanımı', 'hakkın suistimali']],
};

const fields = { query: $('query'), term: $('term'), a: $('a'), b: $('b') };

// The page's address says what is asked, so that a question can be sent to a colleague.
const asked = new URLSearchParams(location.hash.slice(1));
fields.query.value = asked.get('query') ?? EXAMPLES.query[0];
fields.term.value = asked.get('term') ?? EXAMPLES.term[0];
fields.a.value = asked.get('a') ?? EXAMPLES.pair[0][0];
fields.b.value = asked.get('b') ?? EXAMPLES.pair[0][1];

function remember() {
  const state = new URLSearchParams(Object.entries(fields).map(([name, field]) => [name, field.value]));
  history.replaceState(null, '', `#${state}`);
}

const query = () => ready() && showQuery(fields.query.value, goToTerm);
const term = () => ready() && showTerm(fields.term.value, chooseTerm);
const pair = () => ready() && showPair(fields.a.value, fields.b.value);
const all = () => {
  query();
  term();
  pair();
};

function chooseTerm(text) {
  fields.term.value = text;
  remember();
  term();
}

function goToTerm(text) {
  chooseTerm(text);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  $('term-title').scrollIntoView({ behavior: calm ? 'auto' : 'smooth' });
  fields.term.focus({ preventScroll: true });
}

/** Answers while the visitor types, a moment after the last key. */
function live(inputs, answer) {
  let timer;
  for (const input of inputs) {
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        remember();
        answer();
      }, 120);
    });
    input.form.addEventListener('submit', (event) => {
      event.preventDefault();
      answer();
    });
  }
}

function examples() {
  const button = (label, choose) =>
    h('button', { type: 'button', class: 'example', lang: 'tr', onclick: () => { choose(); remember(); } }, label);
  $('query-examples').replaceChildren(...EXAMPLES.query.map((text) => button(text, () => { fields.query.value = text; query(); })));
  $('term-examples').replaceChildren(...EXAMPLES.term.map((text) => button(text, () => { fields.term.value = text; term(); })));
  $('pair-examples').replaceChildren(
    ...EXAMPLES.pair.map(([a, b]) => button(`${a} / ${b}`, () => { [fields.a.value, fields.b.value] = [a, b]; pair(); })),
  );
}

/** Terms that begin as what is typed. */
async function complete() {
  const beginning = fields.term.value.trim();
  if (!ready() || beginning.length < 2) return;
  const terms = await ask((semrel) => semrel.prefix(beginning, 12)).catch(() => []);
  $('completions').replaceChildren(...terms.map((value) => h('option', { value })));
}

startEngines(query);
examples();
startSettings();
live([fields.query], query);
live([fields.term], term);
live([fields.a, fields.b], pair);
fields.term.addEventListener('input', complete);
$('swap').addEventListener('click', () => {
  [fields.a.value, fields.b.value] = [fields.b.value, fields.a.value];
  remember();
  pair();
});
onLanguage(all);
onChange(all);
start();

if ('serviceWorker' in navigator && isSecureContext) navigator.serviceWorker.register('sw.js', { type: 'module' }).catch(() => {});

// Language and theme: what the visitor chose, else what the browser says.

import { TEXT } from './text.js';

const stored = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage may be switched off
  }
};
const store = (name, value) => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // then it lasts as long as the page
  }
};

const root = document.documentElement;
let language = stored('language') ?? (navigator.language.startsWith('tr') ? 'tr' : 'en');
const listeners = [];

/** What the page says, in the language of now. */
export const t = () => TEXT[language];
export const onLanguage = (listener) => listeners.push(listener);

export const number = (value) => new Intl.NumberFormat(language).format(value);
export const percent = (value) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(value);
export const megabytes = (bytes) =>
  `${new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6)} MB`;
export const domainName = (domain) => t().domains[domain] ?? domain.replaceAll('-', ' ');
export const sourceName = (source) => t().sources[source] ?? source.replaceAll('-', ' ');

function showLanguage() {
  root.lang = language;
  document.title = t().pageTitle;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = t()[element.dataset.text];
  for (const element of document.querySelectorAll('[data-html]')) element.innerHTML = t()[element.dataset.html];
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', t()[element.dataset.label]);
    if (element.tagName === 'BUTTON') element.title = t()[element.dataset.label];
  }
}

function choice(id, current, choose) {
  const buttons = [...document.querySelectorAll(`#${id} button`)];
  const show = (value) => buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.value === value)));
  for (const button of buttons) {
    button.addEventListener('click', () => {
      store(id, button.value);
      choose(button.value);
      show(button.value);
    });
  }
  show(current);
}

export function startSettings() {
  const theme = stored('theme') ?? 'auto';
  root.dataset.theme = theme;
  choice('theme', theme, (value) => (root.dataset.theme = value));
  choice('language', language, (value) => {
    language = value;
    showLanguage();
    for (const listener of listeners) listener();
  });
  showLanguage();
}

// The page in Chromium: what a visitor does, offline, and when loading fails.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';

import { chromium } from 'playwright-core';

import { serve } from '../serve.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const hasModels = existsSync(new URL('../npm/wasm/full.wasm', import.meta.url));

let server, origin, browser;
before(async () => {
  ({ server, origin } = await serve(0));
  browser = await chromium.launch({ executablePath, args });
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

/** A page that notes what it should not do: errors, and requests to others. */
async function open(options = {}, path = '/') {
  const context = await browser.newContext({ locale: 'tr-TR', ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.wrong.push(message.text()));
  page.on('pageerror', (error) => page.wrong.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:')) page.wrong.push(`request to ${url}`);
  });
  if (path) await page.goto(origin + path);
  return page;
}

const ready = (page) => page.locator('.loading.ready').waitFor({ timeout: 60_000 });
const text = (page, selector) => page.locator(selector).innerText();


async function settled(page, selector, pattern) {
  await page.locator(selector).filter({ hasText: pattern }).first().waitFor({ timeout: 20_000 });
}

describe('the page', () => {
  let page;
  before(async () => {
    page = await open();
    await ready(page);
  });
  after(() => page?.context().close());

  test('takes a query apart and rewrites it', async () => {
    await page.fill('#query', 'müstecirin tahliyesi -depozito');
    await settled(page, '#rewritten', /kiracı/);
    assert.match(await text(page, '#segments'), /müstecirin/);
    assert.match(await text(page, '#rewritten'), /-depozito$/);
    const cards = await text(page, '#terms');
    assert.match(cards, /kiracı/);
    assert.doesNotMatch(cards, /depozito/);
  });

  test('bars antonyms', async () => {
    await page.fill('#query', 'alacaklı');
    await settled(page, '#terms del', /^borçlu$/);
    assert.doesNotMatch(await text(page, '#rewritten'), /borçlu/);
  });

  test('shows the query of every engine, by keyboard', async () => {
    await page.fill('#query', 'müstecir');
    await settled(page, '#rewritten', /kiracı/);
    await page.locator('#engine-lucene').focus();
    const seen = new Set();
    for (let i = 0; i < 8; i++) {
      seen.add(await page.locator('[role=tab][aria-selected=true]').getAttribute('value'));
      await page.keyboard.press('ArrowRight');
    }
    assert.equal(seen.size, 8);
    await page.keyboard.press('End');
    await settled(page, '#rewritten', /^müstecir kiracı$/);
    await page.keyboard.press('Home');
    await settled(page, '#rewritten', /OR kiracı/);
  });

  test('copies', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    await page.click('#copy');
    await settled(page, '#copy', 'Kopyalandı');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator('#rewritten').textContent());
  });

  test('walks through the neighbourhood', async () => {
    await page.fill('#term', 'alacaklı');
    const link = page.locator('.graph a.antonym', { hasText: 'borçlu' }).first();
    await link.focus();
    await page.keyboard.press('Enter');
    await settled(page, '.term-name', /^borçlu$/);
    assert.equal(await page.inputValue('#term'), 'borçlu');
    assert.ok((await page.locator('.graph a.antonym', { hasText: 'alacaklı' }).count()) > 0);
  });

  test('asks back about typos and finds inflected terms', async () => {
    await page.fill('#term', 'sozlesme');
    await settled(page, '#term-result', /sözleşme/);
    await page.locator('#term-result .example').first().click();
    await settled(page, '.term-name', /^sözleşme$/);
    await page.fill('#term', 'kira sözleşmelerinden');
    await settled(page, '.term-name', /^kira sözleşmesi$/);
  });

  test('compares terms', async () => {
    await page.fill('#a', 'alacaklı');
    await page.fill('#b', 'borçlu');
    await settled(page, '.bar.best', /karşıt/);
    await page.fill('#b', 'dain');
    await settled(page, '.bar.best', /eş anlamlı/);
    await page.click('#swap');
    assert.equal(await page.inputValue('#a'), 'dain');
    await page.fill('#a', '…');
    await settled(page, '#pair-result', /harf ya da rakam yok/);
  });

  test('speaks English, and remembers it', async () => {
    await page.click('#language [value=en]');
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
    assert.match(await text(page, 'h1'), /Terms/);
    await page.reload();
    await ready(page);
    assert.match(await text(page, 'h1'), /Terms/);
    await page.click('#language [value=tr]');
  });

  test('is dark when told to', async () => {
    const color = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await color();
    await page.click('#theme [value=dark]');
    assert.notEqual(await color(), light);
    await page.click('#theme [value=auto]');
  });

  test('names everything that can be used', async () => {
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, a, [role=tab], [role=tabpanel], [role=group]')]
        .filter((element) => {
          const label = element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? element.labels?.[0]?.textContent ?? '';
          return !(label || element.textContent).trim();
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(nameless, []);
  });

  test('did nothing wrong so far', () => assert.deepEqual(page.wrong, []));
});

test('fits a phone', async () => {
  const page = await open({ viewport: { width: 360, height: 740 } });
  await ready(page);
  await settled(page, '.graph', /mahfuz hisse/);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${over} pixels too wide`);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('works offline after the first visit', async () => {
  const page = await open();
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await (await caches.open('semrel')).keys()).length > 0);
  await page.context().setOffline(true);
  page.wrong.length = 0;
  await page.reload();
  await ready(page);
  await settled(page, '.graph', /mahfuz hisse/);
  await page.context().close();
});

test('says what failed, and tries again', async () => {
  const page = await open({ serviceWorkers: 'block' }, null);
  let failures = 1;
  await page.route('**/*.semrel', (route) => (failures-- > 0 ? route.abort() : route.continue()));
  await page.goto(origin);
  await settled(page, '.loading.failed [role=alert]', /İndirme yarıda kaldı/);
  await page.click('.loading.failed button');
  await ready(page);
  await page.context().close();
});

test('tells damaged data', async () => {
  const page = await open({ serviceWorkers: 'block' }, null);
  await page.route('**/*.semrel', (route) => route.fulfill({ body: 'SEMRPACK and nothing else', contentType: 'application/octet-stream' }));
  await page.goto(origin);
  await settled(page, '.loading.failed [role=alert]', /bozuk/);
  await page.context().close();
});

test('loads the models when asked to', { skip: !hasModels && 'the full build is not there' }, async () => {
  const page = await open();
  await ready(page);
  const modules = [];
  page.on('request', (request) => request.url().endsWith('.wasm') && modules.push(request.url().split('/').at(-1)));
  await page.fill('#a', 'hakkın kötüye kullanımı');
  await page.fill('#b', 'hakkın suistimali');
  await page.locator('#pair-result .action').click();
  await settled(page, '#pair-result', /modellerin tahmini/);
  await settled(page, '.bar.best', /eş anlamlı/);
  // Chromium has relaxed SIMD.
  assert.ok(modules.includes('full-relaxed.wasm') && !modules.includes('full.wasm'), String(modules));
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

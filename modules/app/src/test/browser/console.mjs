// Drives the connection console in Chromium as an operator does: one scene a run.
//
//   node console.mjs SCENE URL CHROMIUM FOLDER
//
// A scene that needs something done outside (the database stopped, say) prints "do: NAME" and goes on
// when a line comes back on standard input. Exits with 1 and the reason when something is wrong.
import assert from 'node:assert/strict';
import {createInterface} from 'node:readline';
import {chromium} from 'playwright-core';

const [scene, url, executablePath, folder] = process.argv.slice(2);
const DESKTOP = {width: 1440, height: 900};
const PHONE = {width: 360, height: 780};
const PATIENCE = 60_000;

const answers = createInterface({input: process.stdin})[Symbol.asyncIterator]();
const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage']});
const faults = [];

async function outside(name) {
  console.log(`do: ${name}`);
  await answers.next();
}

async function open(viewport = DESKTOP, colorScheme = 'light') {
  const page = await browser.newPage({viewport, colorScheme, reducedMotion: 'reduce'});
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', error => faults.push(`script: ${error.message}`));
  page.on('console', line => {
    if (/content security policy/i.test(line.text())) faults.push(line.text());
  });
  page.on('request', request => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) faults.push(`asked ${request.url()}`);
  });
  await page.goto(url);
  await page.locator('#live.live').waitFor();
  return page;
}

async function picture(page, name) {
  await page.screenshot({path: `${folder}/${name}.png`, fullPage: true, animations: 'disabled'});
}

async function fits(page) {
  const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed <= there, `the page is ${needed} px wide, the window ${there}`);
}

const text = (page, selector) => page.locator(selector).innerText();

async function says(page, selector, pattern) {
  await page.waitForFunction(([where, what]) =>
      new RegExp(what).test(document.querySelector(where)?.innerText ?? ''), [selector, pattern.source]);
}

/** A lease that has just begun to be stuck, so that what follows fits into its ten seconds. */
async function freshlyStuck(page) {
  const row = page.locator('#slots tr', {hasText: 'GET /api/dealers'}).filter({hasText: /\D[12]\.\d s of 10 s/});
  await row.waitFor();
  return page.locator('#slots tr', {hasText: await row.locator('.id').innerText()});
}

/** Tabs until what has the focus matches; the focus must be visible there. */
async function tabTo(page, matches, most = 60) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const there = document.activeElement;
      return {name: there.getAttribute('aria-label') ?? there.innerText, outline: getComputedStyle(there).outlineStyle};
    });
    if (matches.test(focus.name)) {
      assert.notEqual(focus.outline, 'none', `no visible focus on ${focus.name}`);
      return;
    }
  }
  assert.fail(`the Tab key never reaches ${matches}`);
}

const scenes = {
  async empty() {
    const page = await open();
    await says(page, '#summary', /Nobody waits/);
    await says(page, '#queue', /Nobody waits/);
    await says(page, '#warnings', /None/);
    assert.equal(await page.locator('#slots tr').count(), 5, 'five rows, held or free');
    await page.locator('figure').nth(4).waitFor();
    await picture(page, 'empty-light');
  },

  async load() {
    const page = await open();
    await says(page, '#summary', /[1-9]\d* waits?\./);
    await page.waitForFunction(() => document.querySelector('.line').getAttribute('d').split('L').length > 5);
    assert.equal(await page.locator('#slots tr').count(), 5);
    await says(page, '#queue', /dealers\s+normal/);
    await says(page, '#modules', /dealers/);
    await fits(page);
    await picture(page, 'load-light');
    const before = await text(page, '#live');
    await page.getByRole('button', {name: 'Pause'}).click();
    const summary = await text(page, '#modules');
    await page.waitForFunction(old => document.querySelector('#live').innerText !== old, before);
    assert.equal(await text(page, '#modules'), summary, 'what is paused stands still');
    await page.close();
    const dark = await open(DESKTOP, 'dark');
    await says(dark, '#summary', /held/);
    await picture(dark, 'load-dark');
    await dark.close();
    const phone = await open(PHONE, 'dark');
    await says(phone, '#summary', /held/);
    await fits(phone);
    await picture(phone, 'load-phone');
  },

  async stuck() {
    const page = await open();
    let row = await freshlyStuck(page);
    assert.match(await row.innerText(), /dealers\.list_newest\s+active, backend \d+/);
    await row.locator('summary').click();
    await row.locator('li', {hasText: 'ListQueries'}).first().waitFor();
    await picture(page, 'stuck-light');
    await row.locator('summary').click();
    row = await freshlyStuck(page);
    await tabTo(page, /^Cancel lease \d+, dealers GET \/api\/dealers/);
    await page.keyboard.press('Enter');
    await says(page, '#ask', /Cancel lease #\d+\?/);
    await page.keyboard.press('Escape');
    await page.locator('#ask').waitFor({state: 'hidden'});
    assert.match(await page.evaluate(() => document.activeElement.innerText), /Cancel/, 'the focus returns');
    assert.equal(await row.count(), 1, 'Escape cancels nothing');
    row = await freshlyStuck(page);
    await page.keyboard.press('Enter');
    await page.locator('#ask-yes').waitFor();
    await tabTo(page, /^Cancel it$/);
    await page.keyboard.press('Enter');
    await says(page, '#done', /Lease #\d+ was cancelled/);
    await row.waitFor({state: 'detached'});
    assert.equal(await page.locator('#slots tr').count(), 5);
    assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
    await picture(page, 'stuck-cancelled');
    await freshlyStuck(page);
    await tabTo(page, /^Cancel lease \d+, dealers GET \/api\/dealers/);
    await page.keyboard.press('Enter');
    await page.locator('#ask-yes').waitFor();
    await picture(page, 'stuck-ask');
  },

  async phone() {
    const page = await open(PHONE);
    const row = await freshlyStuck(page);
    await fits(page);
    await row.locator('summary').click();
    await fits(page);
    await picture(page, 'phone-light');
    await page.getByRole('button', {name: /^Cancel lease/}).click();
    await page.locator('#ask-yes').waitFor();
    await fits(page);
    await picture(page, 'phone-ask');
  },

  async off() {
    const page = await open();
    await says(page, '#off', /ADMIN_TOKEN/);
    assert.ok(await page.locator('#evict').isDisabled());
    await picture(page, 'off-light');
  },

  async token() {
    const page = await open();
    await page.locator('#evict').click();
    await page.locator('#token').fill('wrong');
    await page.locator('#ask-yes').click();
    await says(page, '#ask-wrong', /not the one/);
    await picture(page, 'token-wrong');
    await page.locator('#token').fill(process.env.TOKEN);
    await page.keyboard.press('Enter');
    await says(page, '#done', /being replaced/);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    assert.equal(await page.evaluate(() => document.cookie), '');
    await page.locator('#evict').click();
    assert.ok(await page.locator('#token').isHidden(), 'it is asked once a tab');
  },

  async down() {
    const page = await open();
    await says(page, '#summary', /Nobody waits/);
    assert.ok(await page.locator('#banner').isHidden());
    await outside('stop the database');
    await says(page, '#banner', /database does not answer/);
    await picture(page, 'down-light');
    await outside('stop the server');
    await says(page, '#banner', /stream from the server is lost/);
    await says(page, '#live', /lost/);
    await picture(page, 'lost-light');
  },
};

try {
  await scenes[scene]();
  assert.deepEqual(faults, []);
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
} finally {
  await browser.close();
  process.exit();
}

import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import sirv from 'sirv';
import { chromiumArgs, findChromium } from '../../scripts/find-chromium.mjs';
import type { Attack } from './attack.ts';
import { failed, right, slipIn } from './outcome.ts';

/** Milliseconds for the page’s engine to start on a busy machine. */
const timeout = 120_000;
/** Milliseconds after “Run” within which a browser is killed. */
const latest = 4000;

/** The built page, on a port that stays: its storage belongs to its address. */
async function address(): Promise<string> {
  const folder = join(process.cwd(), 'dist');
  if (!existsSync(folder)) throw new Error('There is no build: npm run build');
  const files = sirv(folder);
  const server = createServer((request, response) => {
    files(request, response, () => void response.writeHead(404).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function open(profile: string, url: string): Promise<{ browser: Browser; page: Page }> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium: node scripts/find-chromium.mjs');
  const browser = await puppeteer.launch({
    ...{ executablePath, args: [...chromiumArgs], userDataDir: profile, timeout },
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(timeout);
  await page.goto(url);
  return { browser, page };
}

const click = (page: Page, role: string, name: string): Promise<void> =>
  page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();

/** How many runs the history lists, and what an alert says. */
async function historyOf(page: Page): Promise<{ runs: number; alert: string }> {
  await click(page, 'tab', 'History');
  await page.waitForSelector('[data-run], ::-p-text(No runs yet), [role="alert"]');
  return page.evaluate(() => ({
    runs: document.querySelectorAll('[data-run]').length,
    alert: document.querySelector('[role="alert"]')?.textContent.trim() ?? '',
  }));
}

/** All cases of a process share a profile: its history grows, or keeps what it had. */
export const browsers: Attack = {
  name: 'browsers',
  what: 'the browser killed while it runs a study and writes its history; opened again, that has what it had, or one run more',
  cases: 30,
  sample: 0,
  optional: true,
  async begin() {
    const url = await address();
    const profile = mkdtempSync(join(tmpdir(), 'outsample-profile-'));
    process.on('exit', () => rmSync(profile, { recursive: true, force: true }));
    let known = 0;
    return async ({ stream }) => {
      const after = stream.below(latest);
      const tried = `killed ${after} ms after the run began`;
      const first = await open(profile, url);
      await click(first.page, 'button', 'Use the sample');
      await first.page.waitForSelector('::-p-text(Fingerprint)');
      await click(first.page, 'button', 'Run');
      await sleep(after);
      const gone = new Promise((done) => first.browser.once('disconnected', done));
      first.browser.process()?.kill('SIGKILL');
      await gone;
      const { browser, page } = await open(profile, url);
      try {
        const { runs, alert } = await historyOf(page);
        const wrong =
          alert === '' ? slipIn(await page.evaluate(() => document.body.innerText)) : alert;
        if (wrong !== null) return { tried, outcome: failed(wrong) };
        if (runs !== known && runs !== known + 1)
          return { tried, outcome: failed(`The history had ${known} runs and has ${runs}.`) };
        known = runs;
        return { tried, outcome: right };
      } finally {
        await browser.close();
      }
    };
  },
};

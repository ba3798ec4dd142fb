/** Chromium with the page that holds the workbench. */
import { chromium } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../scripts/find-chromium.mjs';
import { buildBenchPage, host } from './build.mjs';

const executablePath = findChromium();
const options = { args: chromiumArgs, ...(executablePath && { executablePath }) };

export const launch = () => chromium.launch(options);

/** A browser that keeps what it caches in a folder, for those that follow. */
export const launchWith = (profile) => chromium.launchPersistentContext(profile, options);

/** `call('method', …)` runs a method of the workbench in the browser's worker. */
export async function openBenchPage(browser, folder, data, checkout) {
  const server = await host(await buildBenchPage(folder, checkout), data);
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error('In the page:', error));
  await page.goto(`${server.url}browser-page.html`);
  return {
    fresh: () => page.evaluate(() => globalThis.freshWorkbench()),
    call: (method, ...args) =>
      page.evaluate(([method, args]) => globalThis.workbench[method](...args), [method, args]),
    async close() {
      await page.close();
      server.close();
    },
  };
}

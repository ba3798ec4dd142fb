/** How each engine is made to open an address. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { chromiumArgs } from '../../scripts/find-chromium.mjs';

/**
 * `step` says what the page is at; it rejects, or never answers, where the page is gone.
 * @typedef {{ version: string, step: () => Promise<string>, close: () => Promise<unknown> }} Running
 * @typedef {import('./children.mjs').Children} Children
 */

/** @type {Record<'node' | 'chromium' | 'firefox' | 'webkit', (found: any, address: string, children: Children) => Promise<Running>>} */
export const open = {
  node: async ({ path, module }, address, children) => {
    children.start(path, [module, address]);
    return { version: process.versions.node, step: async () => '', close: async () => {} };
  },
  chromium: ({ path }, address, children) =>
    openByPuppeteer(
      { browser: 'chrome', executablePath: path, args: chromiumArgs },
      address,
      children,
    ),
  firefox: ({ path }, address, children) =>
    openByPuppeteer({ browser: 'firefox', executablePath: path }, address, children),
  webkit: openWebKit,
};

/** Milliseconds that a browser on a busy machine may take to start. */
const timeout = 90_000;

/** @param {import('puppeteer-core').LaunchOptions} options */
async function openByPuppeteer(options, address, children) {
  const { env, folder } = children;
  const userDataDir = join(folder, 'profile');
  const browser = await puppeteer.launch({ timeout, env, userDataDir, ...options });
  children.adopt(browser.process());
  const page = await browser.newPage();
  await page.goto(address, { timeout });
  return {
    version: (await browser.version()).replace(/^.*\//, ''),
    step: () => page.title(),
    close: () => browser.close(),
  };
}

/** WebKitGTK's MiniBrowser on a screen of its own, by the WebDriver protocol. */
async function openWebKit({ driver, browser, screen }, address, children) {
  const xvfb = children.start(screen, ['-displayfd', '3', '-nolisten', 'tcp']);
  const [display] = await once(xvfb.stdio[3], 'data');
  const port = await freePort();
  children.start(driver, [`--port=${port}`], {
    DISPLAY: `:${String(display).trim()}`,
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', // It wants rights that containers lack; the page is ours.
  });
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = /** @type {any} */ (await response.json());
    if (!response.ok) throw new Error(`WebKitWebDriver: ${value.error} ${value.message}`);
    return value;
  };
  while (!(await ask('GET', '/status').catch(() => null))) {
    children.check();
    await sleep(100);
  }
  const options = { binary: browser, args: ['--automation'] };
  const { sessionId, capabilities } = await ask('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  await ask('POST', `/session/${sessionId}/url`, { url: address });
  return {
    version: capabilities.browserVersion,
    step: () => ask('GET', `/session/${sessionId}/title`),
    close: () => ask('DELETE', `/session/${sessionId}`),
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return port;
}

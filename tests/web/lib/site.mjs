// A browser and the page's server, for the tests of one file.

import { after, before } from 'node:test';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

// Called in a describe(); both are there while its tests run.
export function useSite() {
  const site = { chromium: null, server: null };
  before(async () => {
    site.chromium = await launchBrowser();
    site.server = await startServer();
  });
  after(async () => {
    await site.chromium?.close();
    await site.server?.close();
  });
  return site;
}

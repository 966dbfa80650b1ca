// Opens a page in headless Chromium and does what it is told, over the DevTools protocol on a pipe.
// node page.mjs <browser> <page>: reads steps as JSON from its input, writes what came of them as JSON.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [browserPath, page] = process.argv.slice(2);
let input = '';
for await (const part of process.stdin) input += part;
const steps = JSON.parse(input);

const profile = mkdtempSync(join(tmpdir(), 'mediamagic-browser-'));
const browser = spawn(browserPath, [
  '--headless=new', '--remote-debugging-pipe', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-extensions',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars',
  '--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${profile}`, '--window-size=1280,900', 'about:blank',
], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });

const seen = { results: [], requests: [], messages: [], dialogs: [] };
const waiting = new Map();
const events = new Map();
let count = 0;

const send = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
  const id = ++count;
  waiting.set(id, { resolve, reject });
  browser.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
});
const once = name => new Promise(resolve => events.set(name, resolve));

const receive = message => {
  if (message.id) {
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    message.error ? reject(new Error(message.error.message)) : resolve(message.result);
    return;
  }
  const { method, params } = message;
  if (method === 'Network.requestWillBeSent') seen.requests.push(params.request.url);
  if (method === 'Log.entryAdded') seen.messages.push(params.entry.text);
  if (method === 'Runtime.consoleAPICalled') seen.messages.push(params.args.map(value => value.value ?? value.description).join(' '));
  if (method === 'Runtime.exceptionThrown') seen.messages.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
  if (method === 'Page.javascriptDialogOpening') {
    seen.dialogs.push(params.message);
    send('Page.handleJavaScriptDialog', { accept: true }, message.sessionId).catch(() => {});
  }
  events.get(method)?.(params);
};

let pending = Buffer.alloc(0);
browser.stdio[4].on('data', data => {
  pending = Buffer.concat([pending, data]);
  for (let end = pending.indexOf(0); end >= 0; end = pending.indexOf(0)) {
    receive(JSON.parse(pending.subarray(0, end).toString('utf8')));
    pending = pending.subarray(end + 1);
  }
});

try {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const call = (method, params) => send(method, params, sessionId);
  for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await call(`${domain}.enable`);
  await call('Emulation.setScriptExecutionDisabled', { value: steps.some(step => step.noScript) });
  const loaded = once('Page.loadEventFired');
  await call('Page.navigate', { url: pathToFileURL(page).href });
  await loaded;
  for (const step of steps) {
    if (step.width) await call('Emulation.setDeviceMetricsOverride', { width: step.width, height: step.height, deviceScaleFactor: 1, mobile: false });
    if (step.media !== undefined || step.colours) {
      await call('Emulation.setEmulatedMedia', { media: step.media ?? '', features: [{ name: 'prefers-color-scheme', value: step.colours ?? 'light' }] });
    }
    if (step.run) {
      const { result, exceptionDetails } = await call('Runtime.evaluate', { expression: step.run, awaitPromise: true, returnByValue: true });
      seen.results.push(exceptionDetails ? `failed: ${exceptionDetails.exception?.description ?? exceptionDetails.text}` : result.value);
    }
    if (step.picture) {
      const { data } = await call('Page.captureScreenshot', { format: 'png', captureBeyondViewport: step.whole === true });
      writeFileSync(step.picture, Buffer.from(data, 'base64'));
    }
    if (step.print) {
      const { data } = await call('Page.printToPDF', { printBackground: true, preferCSSPageSize: true });
      writeFileSync(step.print, Buffer.from(data, 'base64'));
    }
  }
  process.stdout.write(JSON.stringify(seen));
  await send('Browser.close').catch(() => {});
} finally {
  browser.kill();
  if (browser.exitCode === null && browser.signalCode === null) await new Promise(resolve => browser.once('exit', resolve));
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  } catch {
    // A part of the browser still writes there; what was seen does not depend on it.
  }
}

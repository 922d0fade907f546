import { test } from 'node:test';
import assert from 'node:assert/strict';
import { collect, offset, userAgent } from '../../main/resources/static/collect.js';

const CHROME = {
  navigator: {
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    userAgentData: {
      mobile: false,
      getHighEntropyValues: async () => ({
        platform: 'Windows',
        platformVersion: '15.0.0',
        architecture: 'x86',
        bitness: '64',
        model: '',
        fullVersionList: [
          { brand: 'Not=A?Brand', version: '24.0.0.0' },
          { brand: 'Chromium', version: '140.0.7339.80' },
          { brand: 'Google Chrome', version: '140.0.7339.81' },
        ],
      }),
    },
    language: 'fr-FR',
    languages: ['fr-FR', 'en'],
    cookieEnabled: true,
    hardwareConcurrency: 8,
    deviceMemory: 8,
    maxTouchPoints: 0,
    onLine: true,
    connection: { effectiveType: '4g', downlink: 9.5, rtt: 50 },
    storage: { estimate: async () => ({ quota: 10 * 1024 ** 3, usage: 1024 ** 3 }) },
    getBattery: async () => ({ level: 0.5, charging: true }),
  },
  screen: { width: 1536, height: 864, colorDepth: 24, isExtended: true },
  devicePixelRatio: 1.25,
  innerWidth: 1200,
  innerHeight: 700,
  Intl,
  Date,
  document: { createElement: () => ({ getContext: () => null }) },
};

/** @param {{key: string, value: string}[]} items */
const asMap = (items) => Object.fromEntries(items.map((item) => [item.key, item.value]));

test('WX7 what a Chromium tells', async () => {
  const told = asMap(await collect(CHROME));
  assert.equal(told.os, 'Windows');
  assert.equal(told['os.version'], '15.0.0');
  assert.equal(told.architecture, 'x86, 64 bit');
  assert.equal(told.device, 'desktop');
  assert.equal(told.browser, 'Google Chrome');
  assert.equal(told['browser.version'], '140.0.7339.81');
  assert.equal(told['screen.size'], '1920 × 1080');
  assert.equal(told['screen.scale'], '125 %');
  assert.equal(told['screens.more'], 'yes');
  assert.equal(told.memory, '≥ 8 GB');
  assert.equal(told['network.kind'], '4g');
  assert.equal(told['storage.free'], '9 GB');
  assert.equal(told.battery, '50 % +');
  assert.equal(told.touch, 'no');
});

test('a browser that tells little, and one that throws, still give what there is', async () => {
  const told = asMap(
    await collect({
      ...CHROME,
      navigator: {
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
        language: 'nl',
        onLine: true,
        getBattery: () => Promise.reject(new Error('not allowed')),
      },
      screen: { width: 1280, height: 720, colorDepth: 24 },
      document: {
        createElement: () => {
          throw new Error('no canvas');
        },
      },
    }),
  );
  assert.equal(told.browser, 'Firefox');
  assert.equal(told['browser.version'], '128.0');
  assert.equal(told.os, 'Linux');
  assert.ok(!('battery' in told));
  assert.ok(!('graphics' in told));
  assert.ok(!('screens.more' in told));
});

test('values are plain and short', async () => {
  const told = asMap(await collect({ ...CHROME, navigator: { ...CHROME.navigator, language: `x\u0000${'y'.repeat(400)}` } }).catch(() => []));
  assert.ok(Object.values(told).every((value) => [...value].length <= 300 && !/\p{Cc}/u.test(value)));
});

test('older ways to tell who one is', () => {
  const cases = {
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15': ['Safari', '17.4', 'macOS', '10.15.7'],
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1': ['Safari', '17.4', 'iOS', '17.4'],
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.1': ['Edge', '140.0.1', 'Windows', '10.0'],
    'curl/8': ['', '', '', ''],
  };
  for (const [text, expected] of Object.entries(cases)) {
    const { browser, browserVersion, os, osVersion } = userAgent(text);
    assert.deepEqual([browser, browserVersion, os, osVersion], expected, text);
  }
});

test('offsets from UTC', () => {
  assert.equal(offset(-60), '+01:00');
  assert.equal(offset(210), '-03:30');
  assert.equal(offset(0), '+00:00');
});

import { beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { closesWindow, Popout, Tether, features } from '../../main/resources/static/popout.js';

/** A browser with two pages: what one posts the other hears, locks are held until a page goes, time passes when told. */
class Browser {
  channels = new Set();
  locks = new Map();
  timers = new Set();
  now = 0;

  /** What one page sees of it. */
  page() {
    const page = { channels: [], releases: [], gone: false };
    const browser = this;
    page.world = {
      channel(name) {
        const made = {
          name,
          heard: () => {},
          post(message) {
            const copy = JSON.stringify(message);
            for (const other of [...browser.channels]) {
              if (other !== made && other.name === name) {
                queueMicrotask(() => browser.channels.has(other) && other.heard(JSON.parse(copy)));
              }
            }
          },
          close: () => browser.channels.delete(made),
        };
        browser.channels.add(made);
        page.channels.push(made);
        return made;
      },
      lock(name, mode, signal) {
        return new Promise((resolve, reject) => {
          const queue = browser.locks.get(name) ?? [];
          browser.locks.set(name, queue);
          const entry = { mode, held: false, page };
          const leave = () => {
            queue.splice(queue.indexOf(entry), 1);
            browser.serve(queue);
          };
          entry.grant = () => {
            entry.held = true;
            resolve(leave);
          };
          page.releases.push(() => queue.includes(entry) && leave());
          signal?.addEventListener('abort', () => !entry.held && queue.includes(entry) && (leave(), reject(new Error('aborted'))));
          queue.push(entry);
          browser.serve(queue);
        });
      },
      later(run, ms) {
        const timer = { run, at: browser.now + ms, page };
        browser.timers.add(timer);
        return timer;
      },
      cancel: (timer) => browser.timers.delete(timer),
    };
    page.die = () => {
      page.channels.forEach((channel) => browser.channels.delete(channel));
      [...browser.timers].filter((t) => t.page === page).forEach((t) => browser.timers.delete(t));
      page.releases.forEach((release) => release());
    };
    return page;
  }

  serve(queue) {
    for (const entry of queue) {
      const before = queue.slice(0, queue.indexOf(entry));
      const free = entry.mode === 'shared' ? before.every((e) => e.mode === 'shared' && e.held) : before.length === 0;
      if (!entry.held && free) {
        entry.grant();
      }
    }
  }

  async pass(ms) {
    this.now += ms;
    for (const timer of [...this.timers].filter((t) => t.at <= this.now)) {
      this.timers.delete(timer);
      timer.run();
    }
    await settle();
  }
}

async function settle() {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

let browser;
let tab;
let popout;
let handle;
let opened;

beforeEach(async () => {
  browser = new Browser();
  tab = browser.page();
  popout = new Popout('S', 'page-1', tab.world);
  handle = { closed: false, close() { this.closed = true; }, focus() { this.focused = true; } };
  await settle();
});

async function out() {
  popout.out(() => handle);
  assert.equal(popout.state, 'opening');
  opened = browser.page();
  const tether = new Tether('S', 100, opened.world);
  await settle();
  assert.equal(tether.state, 'tied');
  assert.equal(tether.page, 'page-1');
  assert.equal(popout.state, 'out');
  return tether;
}

test('the window finds its tab, and the tab gives the picture away only then', async () => {
  const tether = await out();
  tether.tell({ codec: 'vp8', width: 1440, height: 900, surface: 'monitor', number: 2 });
  await settle();
  assert.equal(popout.facts.number, 2);
  popout.out(() => assert.fail('no second window'));
  assert.ok(handle.focused);
});

test('a blocked window is said, and forgotten when the notice is closed', () => {
  popout.out(() => null);
  assert.equal(popout.state, 'blocked');
  popout.forgive();
  assert.equal(popout.state, 'home');
});

test('a window that never comes is given up', async () => {
  popout.out(() => handle);
  await browser.pass(20_000);
  assert.equal(popout.state, 'home');
});

test('the window gives the picture back', async () => {
  const tether = await out();
  tether.back();
  await settle();
  assert.equal(tether.state, 'over');
  assert.equal(popout.state, 'home');
});

test('the tab takes the picture back', async () => {
  const tether = await out();
  popout.back();
  await settle();
  assert.equal(popout.state, 'home');
  assert.equal(tether.state, 'over');
  assert.ok(handle.closed);
});

test('a closed window gives the picture back at once, one that crashed too', async () => {
  await out();
  handle.closed = true;
  opened.die();
  await settle();
  await browser.pass(0);
  assert.equal(popout.state, 'home');
});

test('the window is loaded again: the tab stays calm, also after it was loaded again itself', async () => {
  for (const own of [true, false]) {
    const tether = own ? await out() : null;
    tether?.leaving();
    opened.die();
    await browser.pass(300);
    assert.equal(popout.state, 'out');
    opened = browser.page();
    const again = new Tether('S', 200 + (own ? 0 : 1), opened.world);
    await browser.pass(5_000);
    assert.equal(popout.state, 'out');
    assert.equal(again.state, 'tied');
    tab.die();
    tab = browser.page();
    popout = new Popout('S', 'page-1', tab.world);
    await settle();
    assert.equal(popout.state, 'out', 'the tab finds its window');
    assert.ok(!popout.reachable);
  }
});

test('after both were loaded again a closed window is noticed', async () => {
  await out();
  tab.die();
  tab = browser.page();
  popout = new Popout('S', 'page-1', tab.world);
  await settle();
  opened.die();
  await settle();
  await browser.pass(2_000);
  assert.equal(popout.state, 'home');
});

test('the window waits for a tab that is loaded again, and goes when none comes', async () => {
  const tether = await out();
  tab.die();
  await settle();
  assert.equal(tether.state, 'seeking');
  await browser.pass(5_000);
  tab = browser.page();
  popout = new Popout('S', 'page-1', tab.world);
  await settle();
  assert.equal(tether.state, 'tied');
  await browser.pass(20_000);
  assert.equal(tether.state, 'tied');
  tab.die();
  await settle();
  await browser.pass(15_000);
  assert.equal(tether.state, 'alone');
});

test('a page opened by hand has no tab', async () => {
  popout.close();
  await settle();
  const tether = new Tether('S', 1, browser.page().world);
  await browser.pass(15_000);
  assert.equal(tether.state, 'alone');
});

test('of two windows the newer one has the picture', async () => {
  const first = await out();
  const second = new Tether('S', 300, browser.page().world);
  await settle();
  assert.equal(first.state, 'over');
  assert.equal(second.state, 'tied');
  assert.equal(popout.state, 'out');
});

test('two tabs of one session: the window lives as long as one of them', async () => {
  const tether = await out();
  const other = browser.page();
  const second = new Popout('S', 'page-2', other.world);
  await settle();
  assert.equal(second.state, 'out', 'the second tab does not show it either');
  tab.die();
  await settle();
  assert.equal(tether.state, 'tied');
  assert.equal(second.state, 'out');
  assert.equal(tether.page, 'page-1', 'the page that it belongs to does not change');
});

test('other sessions hear nothing', async () => {
  const stranger = new Tether('T', 1, browser.page().world);
  await settle();
  assert.equal(stranger.state, 'seeking');
  assert.equal(popout.state, 'home');
});

test('the window is as large as the picture and its bar, within the monitor, in its middle', () => {
  const monitor = { availLeft: 1920, availTop: 0, availWidth: 1920, availHeight: 1080 };
  assert.equal(features({ width: 1280, height: 800 }, 41, monitor), 'popup,width=1280,height=841,left=2240,top=100');
  assert.equal(features({ width: 5000, height: 3000 }, 41, monitor), 'popup,width=1920,height=1040,left=1920,top=0');
  assert.equal(features({ width: 10, height: 10 }, 41, monitor), 'popup,width=480,height=320,left=2640,top=360');
});

test('the window of a share closes when another customer is selected or control passes, and only then', () => {
  let closed = 0;
  let granted = '';
  /** @param {any} more */
  const sees = (more, sharing = true) => {
    granted = closesWindow(granted, { id: 'S', epoch: 1, assisted: 'marie', activities: sharing ? [{ name: 'screen' }] : [], ...more }, () => closed++);
  };
  sees({ assisted: null }, false);
  sees({}, false);
  sees({});
  sees({});
  sees({}, false);
  assert.equal(closed, 0, 'stopped by the customer: the window waits for the next share');
  sees({});
  sees({ assisted: 'paul' }, false);
  assert.equal(closed, 1, 'switched');
  sees({ assisted: 'paul' });
  assert.equal(closed, 1, 'the next share is another matter');
  sees({ assisted: 'paul' }, false);
  sees({ assisted: 'paul', epoch: 2 }, false);
  assert.equal(closed, 2, 'transferred, told after the stop');
  sees({ epoch: 2 }, false);
  assert.equal(closed, 2, 'nothing was shared since');
  sees({ epoch: 2 });
  sees({ epoch: 3, id: 'T' }, false);
  assert.equal(closed, 2, 'another session');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './setup.mjs';

const { attach, guardUpdates, panelElement } = await load('parts/panel-guard.js');
const panel = { id: 'notes', element: 'acme-notes-12345678', module: '/m/acme/12345678/notes.js' };

class Registry {
  #types = new Map();
  get(name) {
    return this.#types.get(name);
  }
  define(name, type) {
    this.#types.set(name, type);
  }
}

/** A browser in which that module defines that class. */
function browser(type, name = panel.element) {
  const registry = new Registry();
  const asked = [];
  const importing = async (url) => {
    asked.push(url);
    registry.define(name, type);
  };
  return { registry, asked, load: importing };
}

test('a sound panel is made, and its module is asked for only once', async () => {
  const { asked, ...how } = browser(class Notes {});
  assert.equal((await panelElement(panel, how)).constructor.name, 'Notes');
  await panelElement(panel, how);
  assert.deepEqual(asked, [panel.module]);
});

test('a module that throws or is not there fails with its own reason', async () => {
  const reason = new TypeError('Failed to fetch dynamically imported module');
  await assert.rejects(panelElement(panel, { registry: new Registry(), load: () => Promise.reject(reason) }), reason);
});

test('a retry asks for the module by another name, since browsers remember failures', async () => {
  const { asked, ...how } = browser(class {});
  await panelElement(panel, { ...how, attempt: 2 });
  assert.deepEqual(asked, [`${panel.module}?again=2`]);
});

test('a module that defines something else fails', async () => {
  await assert.rejects(panelElement(panel, browser(class {}, 'other-name')), /does not define acme-notes-12345678/);
});

test('a constructor that throws fails', async () => {
  class Bad {
    constructor() {
      throw new Error('constructor');
    }
  }
  await assert.rejects(panelElement(panel, browser(Bad)), /constructor/);
});

test('a module that hangs is told of, and shown all the same when it comes', async () => {
  let come = () => {};
  const registry = new Registry();
  const slow = Promise.withResolvers ? Promise.withResolvers() : resolvers();
  const made = panelElement(panel, {
    registry,
    slow: slow.resolve,
    after: 1,
    load: () => new Promise((resolve) => (come = resolve)),
  });
  await slow.promise;
  registry.define(panel.element, class Late {});
  come();
  assert.equal((await made).constructor.name, 'Late');
});

function resolvers() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

test('nobody is told of slowness once it has come', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let told = 0;
  await panelElement(panel, { ...browser(class {}), slow: () => told++ });
  t.mock.timers.tick(60_000);
  assert.equal(told, 0);
});

test('any rendering that throws is told, and goes no further', () => {
  class Panel {
    count = 0;
    performUpdate() {
      if (++this.count === 2) {
        throw new Error('second rendering');
      }
    }
  }
  const element = new Panel();
  const errors = [];
  guardUpdates(element, (error) => errors.push(error.message));
  element.performUpdate();
  assert.deepEqual(errors, []);
  element.performUpdate();
  assert.deepEqual(errors, ['second rendering']);
});

test('an element that is not made with Lit is left as it is', () => {
  const element = {};
  guardUpdates(element, assert.fail);
  assert.deepEqual(element, {});
});

test('what an element throws as it is put into the page is told; later errors of the page are not its', () => {
  const errors = [];
  const report = (message) => window.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { error: new Error(message) }));
  attach({ replaceChildren: () => report('connected') }, {}, (error) => errors.push(error.message));
  report('later');
  assert.deepEqual(errors, ['connected']);
  attach({ replaceChildren() {} }, {}, assert.fail);
});

/** The files of a session: to send and to accept, for the agent and for the customer. */

import { ProblemError, TandemElement, define, html, icon, language, locale, messages, nothing, problemText, repeat, toast, zoneName } from 'tandem/kit';
import { deskOf } from './desk.js';
import { styles } from './files-styles.js';
import { ORDER, dropped, fromHandle, fromInput, pasted, single } from './gather.js';
import { sizeText } from './meter.js';
import { shown } from './names.js';
import { problemKey, whyKey } from './problems.js';
import { rowView } from './row-view.js';
import { answerable, asking, asks, rowsOf, standing } from './rows.js';

/** @typedef {import('./gather.js').Chosen} Chosen */
/** @typedef {import('./rows.js').Transfer} Transfer */

export class FilesPanel extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = styles;
  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    role: { attribute: false },
    controls: { attribute: false },
    _over: { state: true },
    _reading: { state: true },
    _said: { state: true },
    _inside: { state: true },
  };
  /** On the customer's page it is as high as what is in it. */
  static fits = true;

  /** @type {AbortController | undefined} */
  #opened;
  #of = '';
  #badge = '';
  #stands = '';
  /** @type {{at: HTMLElement, transfer?: string, entry?: string, place: number} | undefined} where the focus is, before what is drawn */
  #held;
  /** The transfer whose file is being chosen again. */
  #wanted = '';
  /** @type {import('./row-view.js').Translate} */
  #t = (key, args) => this.t(key, args);

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    /** @type {'agent' | 'customer'} */
    this.role = 'agent';
    this.controls = false;
    this._over = false;
    this._reading = false;
    /** What a screen reader says. */
    this._said = '';
    /** @type {Map<string, import('./row-view.js').Inside>} */
    this._inside = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('session') && (this.session?.id ?? '') !== this.#of) {
      this.#close();
      this.#open();
    }
    if (changed.has('session')) {
      this.#sessionTurned();
    }
    this.toggleAttribute('roomy', this.role === 'customer');
    this.#hold();
  }

  /** Who is there, who controls, what the terms are: that decides who may send. */
  #sessionTurned() {
    const { state, epoch, controller, assisted, participants, terms } = this.session ?? {};
    const people = (participants ?? []).map((/** @type {any} */ one) => [one.id, one.role, one.state]);
    const stands = JSON.stringify([state, epoch, controller, assisted, people, terms]);
    if (stands !== this.#stands) {
      const first = this.#stands === '';
      this.#stands = stands;
      if (!first) {
        this.#desk?.refresh();
      }
    }
  }

  get #focused() {
    return /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (this.renderRoot).activeElement);
  }

  /** Lines and their buttons come and go with what happens; whoever works by keyboard stays where they were. */
  #hold() {
    const at = this.hasUpdated ? this.#focused : null;
    const line = /** @type {HTMLElement | null | undefined} */ (at?.closest('.row-item'));
    this.#held = at && line ? { at, transfer: line.dataset.transfer, entry: line.dataset.entry, place: this.#lines().indexOf(line) } : undefined;
  }

  /**
   * @param {HTMLElement} at what had the focus
   * @param {{transfer?: string, entry?: string, place: number}} before
   */
  #stay(at, { transfer, entry, place }) {
    if (at.isConnected) {
      at.focus();
      return;
    }
    const lines = this.#lines();
    const same = lines.find((one) => (transfer && one.dataset.transfer === transfer) || (entry && one.dataset.entry === entry));
    const line = same ?? lines[Math.min(place, lines.length - 1)];
    const next = line?.querySelector('.acts button') ?? line ?? this.renderRoot.querySelector('#choose-files');
    /** @type {HTMLElement | null | undefined} */ (next)?.focus();
  }

  #lines() {
    return /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll('.row-item')]);
  }

  updated() {
    const held = this.#held;
    if (held && this.#focused !== held.at) {
      this.#stay(held.at, held);
    }
    const count = asking(this.#transfers);
    const badge = count ? String(count) : '';
    if (badge !== this.#badge) {
      this.#badge = badge;
      this.fire('tandem-badge', { text: badge });
    }
  }

  /** What there is; of it only what may be answered by this reader asks. */
  get #transfers() {
    const inside = this.session?.state !== 'ENDED' && this.#desk?.gone === false;
    return answerable(this.#desk?.view?.transfers ?? [], inside && (this.role === 'customer' || this.controls));
  }

  get #desk() {
    return this.#of ? deskOf(this.#of) : undefined;
  }

  #open() {
    const id = this.session?.id ?? '';
    if (!id || !this.isConnected || this.#opened) {
      return;
    }
    this.#of = id;
    this._inside = new Map();
    const opened = new AbortController();
    const { signal } = opened;
    this.#opened = opened;
    const desk = deskOf(id);
    const leave = desk.watch(() => this.requestUpdate());
    signal.addEventListener('abort', leave);
    desk.addEventListener('news', (event) => this.#news(/** @type {CustomEvent} */ (event).detail), { signal });
    desk.addEventListener('saved', (event) => this.#saved(/** @type {CustomEvent} */ (event).detail), { signal });
    desk.addEventListener('elsewhere', (event) => this.#elsewhere(/** @type {CustomEvent} */ (event).detail), { signal });
    desk.addEventListener('trouble', (event) => this.#trouble(/** @type {CustomEvent} */ (event).detail), { signal });
    // Everywhere: a file that misses its target would be opened instead of this page.
    window.addEventListener('dragover', (event) => this.#draggedOver(event), { signal });
    window.addEventListener('drop', (event) => this.#droppedIn(event), { signal });
    window.addEventListener('dragleave', (event) => !event.relatedTarget && (this._over = false), { signal });
    window.addEventListener('tandem-open', (event) => this.#asked(/** @type {CustomEvent} */ (event).detail), { signal });
    window.addEventListener('tandem-keep-free', (event) => this.#keepFree(/** @type {CustomEvent} */ (event).detail), { signal });
    document.addEventListener('paste', (event) => this.#pasted(event), { signal });
    this.requestUpdate();
  }

  #close() {
    this.#opened?.abort();
    this.#opened = undefined;
    this.#of = '';
    this._over = false;
  }

  // --- what happens -----------------------------------------------------------------------------------------------

  /** @param {Transfer[]} turned */
  #news(turned) {
    for (const one of turned) {
      if (asks(one)) {
        const text = this.t('said.asks', { from: one.from.name || this.t('somebody'), name: shown(one.name) });
        this._said = text;
        toast(text);
        this.#showTo(one.id);
      } else if (one.forMe && one.state === 'AGREED' && this.#desk?.view?.acceptAll) {
        this._said = this.t('said.ready', { name: shown(one.name) });
        if (one.kind === 'FILE' && one.download) {
          this.#desk.saveOnce(one);
        }
      } else if (one.mine && one.state !== 'ARRIVING') {
        this._said = `${shown(one.name)}: ${this.t(standing(one, this.session))}`;
      }
    }
  }

  /**
   * A customer's page is long: what is asked comes into sight, unless the customer is writing elsewhere.
   *
   * @param {string} id
   */
  async #showTo(id) {
    /** @type {Element | null | undefined} */
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) {
      at = at.shadowRoot.activeElement;
    }
    if (this.role === 'customer' && !at?.matches('input, textarea')) {
      await this.updateComplete;
      this.#line(id)?.scrollIntoView({ block: 'nearest' });
    }
  }

  /**
   * @param {string} id
   * @returns {HTMLElement | undefined}
   */
  #line(id) {
    return this.#lines().find((one) => one.dataset.transfer === id);
  }

  /**
   * No message lies over the answers that somebody is asked for.
   *
   * @param {{keep: (rect: DOMRect) => void}} page
   */
  #keepFree({ keep }) {
    for (const acts of this.renderRoot.querySelectorAll('.asks .acts')) {
      const rect = acts.getBoundingClientRect();
      if (rect.height > 0) {
        keep(rect);
      }
    }
  }

  /** @param {Transfer} transfer */
  #saved(transfer) {
    toast(this.t('said.saved', { name: shown(transfer.name) }), { kind: 'success' });
  }

  /** @param {import('./queue.js').Entry} entry */
  #elsewhere(entry) {
    this._said = this.t('said.elsewhere', { name: shown(entry.name) });
    toast(this._said);
  }

  /** @param {unknown} error */
  #trouble(error) {
    toast(this.#problem(error), { kind: 'error' });
  }

  /** @param {any} error */
  #problem(error) {
    const known = error instanceof ProblemError || typeof error?.code !== 'string' ? error : new ProblemError({ status: error.status ?? 0, code: error.code, detail: error.detail ?? '' });
    const key = problemKey(known?.code ?? '');
    return key ? this.t(key) : problemText(known);
  }

  /**
   * A link in the conversation leads to its line here.
   *
   * @param {{what?: string, id?: string} | null} detail
   */
  #asked(detail) {
    if (!detail?.id || !this.#desk?.view?.transfers.some((one) => one.id === detail.id)) {
      return;
    }
    this.fire('tandem-attention');
    // Its tab is shown by then.
    setTimeout(() => {
      const line = this.#line(detail.id ?? '');
      line?.scrollIntoView({ block: 'nearest' });
      line?.toggleAttribute('data-led', true);
      line?.addEventListener('blur', () => line.toggleAttribute('data-led', false), { once: true });
      line?.focus();
    }, 50);
  }

  // --- what is sent -----------------------------------------------------------------------------------------------

  /** @param {Chosen[]} chosen */
  async #send(chosen) {
    const desk = this.#desk;
    await desk?.refresh();
    const obstacle = this.#obstacle();
    if (!desk || obstacle) {
      toast(obstacle || this.t('why.away'), { kind: 'error' });
      return;
    }
    const added = desk.send(chosen, this.role === 'customer' ? 'customer' : 'agent');
    const bad = added.find((entry) => entry.problem);
    if (bad) {
      const key = problemKey(bad.problem?.code ?? '');
      this._said = `${shown(bad.name)}: ${this.t(key, { limit: sizeText(bad.limit, locale()), bytes: bad.limit.toLocaleString(locale()), name: shown(bad.where) })}`;
    } else if (added.length > 0) {
      this._said = added.length === 1 ? this.t('said.sending', { name: shown(added[0].name) }) : this.t('said.sending.many', { count: added.length });
    }
  }

  /** Why nothing can be sent now, in words, or nothing. */
  #obstacle() {
    const desk = this.#desk;
    if (this.session?.state === 'ENDED') {
      return this.t('why.session-ended');
    }
    if (desk?.gone) {
      return this.t('why.gone');
    }
    if (desk?.away) {
      return this.t('why.away');
    }
    return desk?.view && !desk.view.send ? this.t(whyKey(desk.view.why)) : '';
  }

  /** @param {Event} event */
  #chosen(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    this.#send(input.webkitdirectory ? fromInput(input.files ?? []) : single(input.files ?? []));
    input.value = '';
  }

  /** @param {Transfer} transfer */
  #goOn(transfer) {
    this.#wanted = transfer.id;
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('#again'))?.click();
  }

  /** @param {Event} event */
  #chosenAgain(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const [chosen] = single(input.files ?? []);
    input.value = '';
    if (chosen && this.#desk?.continues(this.#wanted, chosen)) {
      this.#send([chosen]);
    } else if (chosen) {
      toast(this.t('problem.other-file', { name: shown(chosen.name) }), { kind: 'error' });
    }
  }

  #chooseFiles() {
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('#files'))?.click();
  }

  async #chooseFolder() {
    const picker = /** @type {any} */ (window).showDirectoryPicker;
    if (typeof picker !== 'function') {
      /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('#folder'))?.click();
      return;
    }
    /** @type {any} */
    let handle;
    try {
      handle = await picker.call(window, { id: 'tandem-files', mode: 'read' });
    } catch {
      // Nothing was chosen.
      return;
    }
    await this.#gather(async () => [await fromHandle(handle)]);
  }

  /** @param {() => Promise<Chosen[]>} read */
  async #gather(read) {
    this._reading = true;
    try {
      await this.#send(await read());
    } catch {
      toast(this.t('problem.unreadable'), { kind: 'error' });
    } finally {
      this._reading = false;
    }
  }

  /** Whether something is dropped where it is meant to be sent: a customer's whole page is there for that, an agent's is not. */
  #isTarget(/** @type {DragEvent} */ event) {
    return this.role === 'customer' || event.composedPath().includes(this);
  }

  /** @param {DragEvent} event */
  #draggedOver(event) {
    if (!event.dataTransfer?.types.includes('Files')) {
      return;
    }
    event.preventDefault();
    const welcome = this.#isTarget(event) && !this.#obstacle();
    event.dataTransfer.dropEffect = welcome ? 'copy' : 'none';
    this._over = welcome;
  }

  /** @param {DragEvent} event */
  #droppedIn(event) {
    const data = event.dataTransfer;
    this._over = false;
    if (!data?.types.includes('Files')) {
      return;
    }
    event.preventDefault();
    if (this.#isTarget(event) && !this.#obstacle()) {
      const found = dropped(data);
      this.#gather(() => found);
    }
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const target = /** @type {any} */ (event.composedPath()[0]);
    const writing = target?.matches?.('input, textarea, select, [contenteditable]') ?? false;
    const here = event.composedPath().includes(this) || target === document.body;
    if (writing || !here || !this.checkVisibility?.() || !event.clipboardData?.files.length) {
      return;
    }
    event.preventDefault();
    const time = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium' }).format(new Date()).replaceAll(':', '.');
    this.#send(pasted(event.clipboardData, this.t('pasted.name', { time })));
  }

  /**
   * What is in a folder, page by page.
   *
   * @param {Transfer} transfer
   */
  async #look(transfer) {
    const known = this._inside.get(transfer.id);
    if (known && !known.next && !known.failed) {
      return;
    }
    const before = known ?? { files: [], folders: [], next: 0, failed: false };
    try {
      const page = await this.#desk?.files(transfer.id, before.next);
      const folders = page.folders?.length ? page.folders : before.folders;
      // Several go at once, and arrive in any order.
      const files = [...before.files, ...page.files].sort((a, b) => ORDER.compare(a.path ?? a.name, b.path ?? b.name));
      this._inside = new Map(this._inside).set(transfer.id, { files, folders, next: page.next ?? 0, failed: false });
    } catch {
      this._inside = new Map(this._inside).set(transfer.id, { ...before, failed: true });
    }
  }

  // --- looks ------------------------------------------------------------------------------------------------------

  render() {
    const desk = this.#desk;
    if (!desk) {
      return nothing;
    }
    const { view } = desk;
    const rows = rowsOf(this.#transfers, desk.queue.entries);
    const scenery = {
      t: this.#t,
      desk,
      control: this.session ?? {},
      zone: this.session?.terms?.zone ?? undefined,
      problem: (/** @type {unknown} */ error) => this.#problem(error),
      inside: this._inside,
      look: (/** @type {Transfer} */ transfer) => this.#look(transfer),
      goOn: (/** @type {Transfer} */ transfer) => this.#goOn(transfer),
    };
    const zone = scenery.zone && rows.length > 0 ? html`<p class="zone">${this.t('list.zone', { zone: zoneName(scenery.zone, language()) })}</p>` : nothing;
    const over = this.session?.state === 'ENDED';
    this.toggleAttribute('over', over);
    if (over && rows.length === 0) {
      return nothing;
    }
    return html`<div class="all ${this._over ? 'over' : ''}">
      ${over ? html`<h3>${this.t('ended.title')}</h3>` : this.#sender(desk)}
      <div class="sr" role="status">${this._said}</div>
      ${this.#acceptAll(desk)} ${zone}
      ${view === undefined && !desk.gone && !desk.away
        ? html`<tandem-skeleton></tandem-skeleton>`
        : rows.length === 0
          ? html`<p class="none">${this.role === 'customer' ? this.t('empty.customer') : this.t('empty.agent')}</p>`
          : html`<ul class="list" aria-label=${this.t('list.label')}>
              ${repeat(
                rows,
                (row) => row.key,
                (row) => rowView(row, scenery),
              )}
            </ul>`}
      <div class="drop" aria-hidden="true">${icon('upload')}<span>${this.t('drop.now')}</span></div>
    </div>`;
  }

  /**
   * Fingers drop and paste no files.
   *
   * @param {number | undefined} limit
   */
  #hint(limit) {
    if (limit === undefined) {
      return this.t('send.hint.plain');
    }
    const touch = window.matchMedia('(any-pointer: coarse)').matches && !window.matchMedia('(any-pointer: fine)').matches;
    return this.t(touch ? 'send.hint.touch' : 'send.hint', { limit: sizeText(limit, locale()) });
  }

  /** @param {import('./desk.js').Desk} desk */
  #sender(desk) {
    const obstacle = this.#obstacle();
    const off = obstacle !== '' || desk.view === undefined;
    const limit = this.role === 'customer' ? desk.view?.limits.fromCustomer : desk.view?.limits.toCustomer;
    const guarded = (/** @type {() => void} */ act) => () => !off && act();
    return html`<div class="send">
      <div class="choose">
        <button id="choose-files" aria-disabled=${off ? 'true' : 'false'} title=${obstacle || nothing} aria-describedby="hint" @click=${guarded(() => this.#chooseFiles())}>
          ${icon('file')}${this.t('send.files')}
        </button>
        <button id="choose-folder" aria-disabled=${off ? 'true' : 'false'} title=${obstacle || nothing} aria-describedby="hint" @click=${guarded(() => this.#chooseFolder())}>
          ${icon('folder')}${this.t('send.folder')}
        </button>
      </div>
      <p id="hint" class="hint">${obstacle || (this._reading ? this.t('send.reading') : this.#hint(limit))}</p>
      <input id="files" type="file" multiple hidden aria-hidden="true" tabindex="-1" @change=${(/** @type {Event} */ event) => this.#chosen(event)} />
      <input id="again" type="file" hidden aria-hidden="true" tabindex="-1" @change=${(/** @type {Event} */ event) => this.#chosenAgain(event)} />
      <input id="folder" type="file" multiple webkitdirectory hidden aria-hidden="true" tabindex="-1" @change=${(/** @type {Event} */ event) => this.#chosen(event)} />
    </div>`;
  }

  /**
   * @param {import('./desk.js').Desk} desk
   * @param {HTMLInputElement} box
   */
  async #acceptAllTurned(desk, box) {
    const on = box.checked;
    if (!(await desk.acceptAll(on))) {
      box.checked = !on;
    }
  }

  /** @param {import('./desk.js').Desk} desk */
  #acceptAll(desk) {
    const { view } = desk;
    const incoming = view?.transfers.some((one) => one.forMe) ?? false;
    if (!view || !(incoming || view.acceptAll) || this.session?.state === 'ENDED') {
      return nothing;
    }
    return html`<label class="accept-all">
      <input
        id="accept-all"
        type="checkbox"
        .checked=${view.acceptAll}
        @change=${(/** @type {Event} */ event) => this.#acceptAllTurned(desk, /** @type {HTMLInputElement} */ (event.target))}
      />
      <span>${this.role === 'customer' ? this.t('accept-all.customer') : this.t('accept-all.agent')}</span>
    </label>`;
  }
}

define('tandem-files', FilesPanel, import.meta.url);

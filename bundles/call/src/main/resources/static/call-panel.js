/** Voice and video, in a bar: start, join, mute, camera, devices, leave; who is seen stands in a strip of pictures below it. */

import { TandemElement, api, define, html, icon, messages, nothing, openMedia, problemText, repeat, toast } from 'tandem/kit';
import { CallClient } from './call-client.js';
import { callStyles } from './call-styles.js';

/** Between the pictures and the edges of the stage, in pixels. */
const GAP = 12;

class Call extends TandemElement {
  static messages = messages(import.meta.url);
  static styles = callStyles;
  static properties = {
    session: { attribute: false },
    me: { attribute: false },
    role: { attribute: false },
    controls: { attribute: false },
    _items: { state: true },
    _folded: { state: true },
  };

  /** @type {CallClient | undefined} */
  #client;
  #of = '';
  /** How far the pictures are moved. */
  #at;
  /** @type {Element | undefined} what the pictures stand in the corner of */
  #stage;
  // Lines below the stage come, go and wrap without this bar's knowledge.
  #stageSized = new ResizeObserver(() => this.place());

  constructor() {
    super();
    /** @type {any} */
    this.session = undefined;
    /** @type {any} */
    this.me = undefined;
    this.role = 'agent';
    /** @type {boolean | undefined} */
    this.controls = undefined;
    /** @type {object[]} the menu of devices */
    this._items = [];
    this._folded = false;
    this.changed = () => this.requestUpdate();
    this.devicesChanged = () => this.listDevices();
    this.sized = () => this.place();
    this.#at = { x: 0, y: 0 };
  }

  connectedCallback() {
    super.connectedCallback();
    navigator.mediaDevices?.addEventListener?.('devicechange', this.devicesChanged);
    addEventListener('resize', this.sized);
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    navigator.mediaDevices?.removeEventListener?.('devicechange', this.devicesChanged);
    removeEventListener('resize', this.sized);
    this.#stageSized.disconnect();
    this.#stage = undefined;
    // Moving the bar to another place in the page is no reason to hang up.
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#end();
      }
    });
  }

  willUpdate() {
    this.#follow();
  }

  updated() {
    const client = this.#client;
    this.dataset.side = this.role;
    this.dataset.state = client?.phase ?? 'idle';
    this.dataset.others = String(client?.others.length ?? 0);
    this.dataset.connected = String(client?.mesh.links.filter((link) => link.state === 'connected').length ?? 0);
    this.dataset.mark = client?.mark ?? '';
    for (const link of client?.mesh.links ?? []) {
      for (const element of /** @type {NodeListOf<HTMLMediaElement>} */ (this.renderRoot.querySelectorAll(`[data-peer="${link.id}"]`))) {
        show(element, link.stream);
      }
    }
    const own = /** @type {HTMLMediaElement | null} */ (this.renderRoot.querySelector('[data-peer="own"]'));
    if (own && client?.ownVideo) {
      if (/** @type {MediaStream | null} */ (own.srcObject)?.getTracks()[0] !== client.ownVideo) {
        own.srcObject = new MediaStream([client.ownVideo]);
      }
    }
    this.place();
  }

  /**
   * At an agent the pictures stand in the lower corner of the stage, below its buttons and above the lines that follow it; at a
   * customer they stand in the bar, where they cover nothing.
   */
  place() {
    const strip = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.strip'));
    if (!strip || this.role === 'customer') {
      return;
    }
    const now = strip.getBoundingClientRect();
    const stage = stageOf(this);
    if (stage !== this.#stage) {
      this.#stageSized.disconnect();
      this.#stage = stage;
      this.#stageSized.observe(stage);
    }
    const box = stage.getBoundingClientRect();
    const bottom = Math.min(box.bottom, innerHeight) - GAP;
    this.#at = { x: this.#at.x + box.left + GAP - now.left, y: this.#at.y + bottom - now.bottom };
    strip.style.setProperty('translate', `${this.#at.x}px ${this.#at.y}px`);
  }

  /** One client for each session; it listens while the session has a call. */
  #follow() {
    const id = this.session?.state === 'ENDED' ? '' : (this.session?.id ?? '');
    if (id !== this.#of) {
      this.#end();
      this.#of = id;
      if (id) {
        this.#client = new CallClient(/** @type {any} */ (window), (handlers) =>
          openMedia({ session: id, channel: 'call', role: 'peer', ...handlers }),
        );
        this.#client.addEventListener('change', this.changed);
      }
    }
    if (this.#client && this.running) {
      this.#client.open();
    }
  }

  #end() {
    this.#client?.removeEventListener('change', this.changed);
    this.#client?.close();
    this.#client = undefined;
    this.#of = '';
  }

  get running() {
    return this.session?.activities?.some((/** @type {any} */ a) => a.name === 'call') ?? false;
  }

  /** @returns {any} the customer being helped, if we may ask them to talk and they do not yet */
  get toAsk() {
    const customer = this.session?.participants?.find((/** @type {any} */ p) => p.id === this.session.assisted);
    const asked = this.session?.consents?.some(
      (/** @type {any} */ c) => c.capability === 'call' && c.of === customer?.id && (c.state === 'ASKED' || c.state === 'GRANTED'),
    );
    const talks = this.#client?.others.some((peer) => peer.participant === customer?.id);
    return this.role === 'agent' && this.controls !== false && customer && !asked && !talks ? customer : undefined;
  }

  /** The page calls this within the click by which the customer has allowed it. */
  consented() {
    this.#client?.join();
  }

  async ask() {
    try {
      await api.post(`/sessions/${this.session.id}/consents`, { capability: 'call', participant: this.toAsk.id });
    } catch (problem) {
      toast(problemText(problem), { kind: 'error' });
    }
  }

  async listDevices() {
    const client = this.#client;
    if (!client || client.phase !== 'in') {
      return;
    }
    const { audio, video } = await client.devices();
    /**
     * @param {'audio' | 'video'} kind
     * @param {MediaDeviceInfo[]} list
     */
    const items = (kind, list) =>
      list.map((device, at) => ({
        id: `${kind}:${device.deviceId}`,
        text: device.label || (kind === 'audio' ? this.t('microphone', { number: at + 1 }) : this.t('camera', { number: at + 1 })),
        icon: device.deviceId === client.chosen(kind) ? 'check' : kind === 'audio' ? 'mic' : 'camera',
        separated: kind === 'video' && at === 0,
      }));
    this._items = [...items('audio', audio), ...items('video', video)];
  }

  /** @param {CustomEvent<string>} event */
  choose(event) {
    event.stopPropagation();
    const [kind, ...id] = event.detail.split(':');
    this.#client?.choose(/** @type {'audio' | 'video'} */ (kind), id.join(':')).then(() => this.listDevices());
  }

  /** @param {string} participant */
  nameOf(participant) {
    const person = this.session?.participants?.find((/** @type {any} */ p) => p.id === participant);
    return person?.name || this.t('somebody');
  }

  render() {
    const client = this.#client;
    if (!client) {
      return nothing;
    }
    return html`<div class="bar" role="group" aria-label=${this.t('panel.title')}>${this.buttons(client)}</div>
      ${this.strip(client, client.phase === 'in' || client.phase === 'joining')}`;
  }

  /** @param {CallClient} client */
  word(client) {
    if (client.trouble) {
      return { denied: this.t('trouble.denied'), none: this.t('trouble.none'), busy: this.t('trouble.busy') }[client.trouble];
    }
    if (client.phase === 'full') {
      return this.t('full');
    }
    if (client.reason === 'no-voice') {
      // Also for those who were not in it: whoever has control now ought to know.
      return this.t('over.no-voice');
    }
    if (client.phase === 'over') {
      return this.t('over');
    }
    return client.phase === 'in' && client.others.length === 0 ? this.t('alone') : '';
  }

  /** @param {CallClient} client */
  buttons(client) {
    if (client.phase === 'in' || client.phase === 'joining') {
      return this.inCall(client);
    }
    const asking = client.phase === 'asking';
    const able = client.able;
    const text = this.running ? this.t('join') : this.t('start');
    return html`<button
      id="call-join"
      class=${this.running ? 'primary small' : 'quiet small'}
      ?disabled=${!able || asking}
      title=${able ? text : this.t('unable')}
      @click=${() => client.join().then(() => this.listDevices())}
    >
      ${icon('phone')}<span class="fold">${asking ? this.t('asking') : text}</span>
    </button>`;
  }

  /** @param {CallClient} client */
  inCall(client) {
    const customer = this.toAsk;
    const ask = this.t('ask', { name: customer?.name || this.t('somebody') });
    const mute = client.audio ? this.t('mute') : this.t('unmute');
    const camera = client.video ? this.t('camera.off') : this.t('camera.on');
    const mark = { good: this.t('mark.good'), fair: this.t('mark.fair'), poor: this.t('mark.poor') }[client.mark || 'good'];
    return html`
      <button id="call-mute" class="quiet small icon" aria-pressed=${client.audio ? 'false' : 'true'} aria-label=${mute} title=${mute} @click=${() => client.mute()}>
        ${icon(client.audio ? 'mic' : 'mic-off')}
      </button>
      <button id="call-camera" class="quiet small icon" aria-pressed=${client.video ? 'true' : 'false'} aria-label=${camera} title=${camera} @click=${() => client.camera().then(() => this.listDevices())}>
        ${icon(client.video ? 'camera' : 'camera-off')}
      </button>
      ${this._items.length > 0
        ? html`<tandem-menu label=${this.t('devices')} icon="tools" bare .items=${this._items} @tandem-choose=${this.choose}></tandem-menu>`
        : nothing}
      ${client.mark ? html`<span class="mark ${client.mark}" title=${mark}><span class="dot"></span><span class="sr">${mark}</span></span>` : nothing}
      ${customer
        ? html`<button id="call-ask" class="small" aria-label=${ask} title=${ask} @click=${() => this.ask()}>
            ${icon('user')}<span class="fold">${ask}</span>
          </button>`
        : nothing}
      <button id="call-leave" class="danger small" aria-label=${this.t('leave')} title=${this.t('leave')} @click=${() => client.leave()}>
        ${icon('phone')}<span class="fold">${this.t('leave')}</span>
      </button>
    `;
  }

  /**
   * What is said, heard and seen.
   *
   * @param {CallClient} client
   * @param {boolean} on
   */
  strip(client, on) {
    const word = this.word(client);
    const shown = on && (client.others.length > 0 || client.video);
    return html`<div class="strip ${shown || word ? '' : 'empty'}">
      <span class="word" role="status">${word}</span>
      ${on ? client.others.map((peer) => html`<audio autoplay data-peer=${peer.id}></audio>`) : nothing}
      ${shown
        ? html`<section aria-label=${this.t('people')}>
            <button id="call-people" class="quiet small" aria-expanded=${this._folded ? 'false' : 'true'} @click=${() => (this._folded = !this._folded)}>
              ${icon('users')}${this.t('people.count', { count: client.peers.size })}
            </button>
            <div class="tiles" ?hidden=${this._folded}>
              ${repeat(
                client.others,
                (peer) => peer.id,
                (peer) => this.tile(peer),
              )}
              ${client.video
                ? html`<figure class="own"><video autoplay playsinline muted .muted=${true} data-peer="own"></video><figcaption>${this.t('you')}</figcaption></figure>`
                : nothing}
            </div>
          </section>`
        : nothing}
    </div>`;
  }

  /** @param {import('./call-client.js').Peer} peer */
  tile(peer) {
    const name = this.nameOf(peer.participant);
    return html`<figure class=${peer.video ? '' : 'voice'}>
      ${peer.video
        ? html`<video autoplay playsinline muted .muted=${true} data-peer=${peer.id}></video>`
        : html`<span class="face" aria-hidden="true">${icon('user')}</span>`}
      <figcaption>
        <bdi>${name}</bdi>
        ${peer.audio ? nothing : html`<span title=${this.t('muted', { name })}>${icon('mic-off')}<span class="sr">${this.t('muted', { name })}</span></span>`}
      </figcaption>
    </figure>`;
  }
}

/**
 * @param {Element} element
 * @returns {Element} the stage of the page around it, which the page marks with `data-stage`; the page if there is none
 */
function stageOf(element) {
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    const stage = root.querySelector('[data-stage]');
    if (stage) {
      return stage;
    }
  }
  return document.body;
}

/**
 * @param {HTMLMediaElement} element
 * @param {MediaStream} stream
 */
function show(element, stream) {
  if (element.srcObject !== stream) {
    element.srcObject = stream;
    element.play?.().catch(() => {});
  }
}

define('tandem-call', Call, import.meta.url);

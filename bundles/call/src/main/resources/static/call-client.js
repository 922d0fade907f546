/** This page's part in the call of a session: signalling, own devices, state. Knows no DOM. */

import { Mesh } from './mesh.js';
import { counted, quality, worst } from './quality.js';

/** @typedef {{id: number, participant: string, audio: boolean, video: boolean}} Peer */
/**
 * idle: not in it; asking: the browser asks for the microphone; joining; in; full: there is no room; over: it ended while we were
 * in it.
 *
 * @typedef {'idle' | 'asking' | 'joining' | 'in' | 'full' | 'over'} Phase
 */

const LOOK = 2000;

/** Event `change` after every change. */
export class CallClient extends EventTarget {
  /** @type {Phase} */
  phase = 'idle';
  /** @type {Map<number, Peer>} everybody in the call, ourselves included */
  peers = new Map();
  /** @type {number} */
  me = 0;
  audio = false;
  video = false;
  /** @type {'' | 'ended' | 'no-voice'} why it is over */
  reason = '';
  /** @type {'' | 'denied' | 'none' | 'busy'} why there is no microphone or camera */
  trouble = '';
  /** @type {import('./quality.js').Quality | ''} */
  mark = '';
  mesh;
  #media;
  #world;
  /** @type {{send: (message: object) => boolean, close: () => void} | undefined} */
  #socket;
  #wanted = false;
  /** Ascends whenever it is over for us: what the browser grants after that is not wanted any more. */
  #round = 0;
  /** @type {{audio: MediaStreamTrack | null, video: MediaStreamTrack | null}} */
  #own = { audio: null, video: null };
  /** @type {{audio: string, video: string}} chosen devices */
  #devices = { audio: '', video: '' };
  /** @type {Map<number, import('./quality.js').Counted>} */
  #counted = new Map();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;

  /**
   * @param {{navigator: any, RTCPeerConnection: any, MediaStream: any, setInterval: any, clearInterval: any}} world
   * @param {(options: {text: (message: any) => void, status: (status: any) => void}) => any} openSocket
   */
  constructor(world, openSocket) {
    super();
    this.#world = world;
    this.#media = openSocket;
    this.mesh = new Mesh(world, (to, data) => this.#send({ op: 'signal', to, data }));
    this.mesh.addEventListener('change', () => this.#changed());
  }

  /** @returns {boolean} whether this browser can do it at all */
  get able() {
    return typeof this.#world.RTCPeerConnection === 'function' && Boolean(this.#world.navigator.mediaDevices?.getUserMedia);
  }

  /** Listens, without taking part. */
  open() {
    this.#socket ??= this.#media({
      text: (/** @type {any} */ message) => this.#take(message),
      status: (/** @type {any} */ status) => this.#status(status),
    });
  }

  close() {
    this.leave();
    this.#socket?.close();
    this.#socket = undefined;
    this.peers = new Map();
    this.#changed();
  }

  /**
   * Takes part. Called within a click, since the browser may ask.
   *
   * @param {{video?: boolean}} [how]
   */
  async join({ video = false } = {}) {
    if (this.phase === 'asking' || this.phase === 'joining' || this.phase === 'in') {
      return;
    }
    this.reason = '';
    this.#turn('asking');
    const round = this.#round;
    const audio = await this.#capture('audio');
    const picture = audio && video ? await this.#capture('video') : null;
    if (round !== this.#round) {
      return;
    }
    if (!audio) {
      this.#turn('idle');
      return;
    }
    await this.#put('audio', audio);
    await this.#put('video', picture);
    this.audio = true;
    this.video = this.#own.video !== null;
    this.#wanted = true;
    this.open();
    this.#turn('joining');
    this.#send({ op: 'join', audio: this.audio, video: this.video });
  }

  leave() {
    if (this.#wanted) {
      this.#send({ op: 'leave' });
    }
    this.#out('idle');
  }

  /** Silent or not; the microphone stays ours, so that it is back at once. */
  mute() {
    this.audio = !this.audio;
    if (this.#own.audio) {
      this.#own.audio.enabled = this.audio;
    }
    this.#tell();
  }

  /** The camera on or off; off means that its light goes out. */
  async camera() {
    if (this.video) {
      await this.#put('video', null);
    } else {
      const round = this.#round;
      const picture = await this.#capture('video');
      if (round !== this.#round) {
        return;
      }
      await this.#put('video', picture);
    }
    this.video = this.#own.video !== null;
    this.#tell();
  }

  /** @returns {Promise<{audio: MediaDeviceInfo[], video: MediaDeviceInfo[]}>} */
  async devices() {
    const all = await this.#world.navigator.mediaDevices.enumerateDevices();
    const of = (/** @type {string} */ kind) => all.filter((/** @type {any} */ d) => d.kind === kind && d.deviceId);
    return { audio: of('audioinput'), video: of('videoinput') };
  }

  /** @param {'audio' | 'video'} kind */
  chosen(kind) {
    return this.#own[kind]?.getSettings?.().deviceId ?? this.#devices[kind];
  }

  /**
   * @param {'audio' | 'video'} kind
   * @param {string} device
   */
  async choose(kind, device) {
    this.#devices[kind] = device;
    if (this.#own[kind]) {
      const round = this.#round;
      const track = await this.#capture(kind);
      if (track && round === this.#round) {
        track.enabled = kind === 'video' || this.audio;
        await this.#put(kind, track);
      }
      this.#changed();
    }
  }

  /** @returns {MediaStreamTrack | null} our own camera */
  get ownVideo() {
    return this.#own.video;
  }

  /** @returns {Peer[]} the others */
  get others() {
    return [...this.peers.values()].filter((peer) => peer.id !== this.me);
  }

  /**
   * @param {'audio' | 'video'} kind
   * @returns {Promise<MediaStreamTrack | null>}
   */
  async #capture(kind) {
    this.trouble = '';
    const round = this.#round;
    const device = this.#devices[kind];
    const which = device ? { deviceId: { ideal: device } } : {};
    const wish = kind === 'audio' ? { echoCancellation: true, noiseSuppression: true, ...which } : { width: 640, height: 360, ...which };
    try {
      const stream = await this.#world.navigator.mediaDevices.getUserMedia({ [kind]: wish });
      const track = stream.getTracks()[0];
      if (round !== this.#round) {
        track.stop();
        return null;
      }
      track.onended = () => this.#lostDevice(kind, track);
      return track;
    } catch (error) {
      const name = /** @type {any} */ (error)?.name;
      this.trouble = name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : name === 'NotFoundError' ? 'none' : 'busy';
      this.#changed();
      return null;
    }
  }

  /**
   * A device that was pulled out.
   *
   * @param {'audio' | 'video'} kind
   * @param {MediaStreamTrack} track
   */
  async #lostDevice(kind, track) {
    if (this.#own[kind] === track) {
      this.#devices[kind] = '';
      const round = this.#round;
      const other = kind === 'audio' ? await this.#capture(kind) : null;
      if (round !== this.#round) {
        return;
      }
      if (other) {
        other.enabled = this.audio;
      }
      await this.#put(kind, other);
      this.audio = this.audio && this.#own.audio !== null;
      this.video = this.#own.video !== null;
      this.#tell();
    }
  }

  /**
   * @param {'audio' | 'video'} kind
   * @param {MediaStreamTrack | null} track
   */
  async #put(kind, track) {
    const old = this.#own[kind];
    this.#own[kind] = track;
    await this.mesh.put(kind, track);
    if (old && old !== track) {
      old.onended = null;
      old.stop();
    }
  }

  #tell() {
    if (this.phase === 'in') {
      this.#send({ op: 'state', audio: this.audio, video: this.video });
    }
    this.#changed();
  }

  /** @param {any} status */
  #status(status) {
    if (status.state === 'open') {
      this.#send({ op: 'can', voice: this.able, video: this.able });
    }
    if (status.state === 'closed' && this.phase === 'in') {
      // The others still hear us; once the line is back everybody meets anew.
      this.#turn('joining');
    }
    if (status.state === 'closed' && status.retry === false) {
      this.#socket = undefined;
      this.#out(this.#wanted ? 'over' : 'idle');
    }
  }

  /** @param {any} message */
  #take(message) {
    switch (message.op) {
      case 'welcome':
        this.me = message.you;
        this.peers = new Map(message.peers.map((/** @type {Peer} */ peer) => [peer.id, peer]));
        this.mesh.begin(message.you, message.ice, message.relay);
        if (this.#wanted) {
          this.#send({ op: 'join', audio: this.audio, video: this.video });
        }
        break;
      case 'peer':
        this.#peer(message);
        break;
      case 'gone':
        this.peers.delete(message.id);
        this.peers = new Map(this.peers);
        this.mesh.drop(message.id);
        this.#counted.delete(message.id);
        break;
      case 'signal':
        this.mesh.take(message.from, message.data).catch(() => {});
        break;
      case 'out':
        if (this.#wanted) {
          this.#out('idle');
        }
        break;
      case 'full':
        this.#out('full');
        break;
      case 'over':
        this.reason = message.reason;
        this.peers = new Map();
        this.#out(this.#wanted ? 'over' : 'idle');
        break;
      default:
    }
    this.#changed();
  }

  /** @param {Peer} peer */
  #peer(peer) {
    const before = this.peers.has(this.me);
    const known = this.peers.has(peer.id);
    this.peers = new Map(this.peers).set(peer.id, { id: peer.id, participant: peer.participant, audio: peer.audio, video: peer.video });
    if (peer.id === this.me && !before) {
      this.#turn('in');
      this.#looking ??= this.#world.setInterval(() => this.#look(), LOOK);
      for (const other of this.others) {
        this.#meet(other.id);
      }
    } else if (this.phase === 'in' && !known) {
      // Who has listened for long may join late: then the number is lower than ours, and the offer is ours to make.
      this.#meet(peer.id);
    }
  }

  /** @param {number} id */
  #meet(id) {
    this.mesh.meet(id).catch(() => this.mesh.drop(id));
  }

  async #look() {
    const marks = await Promise.all(
      this.mesh.links.map(async (link) => {
        const now = counted((await link.connection.getStats()).values());
        const before = this.#counted.get(link.id) ?? now;
        this.#counted.set(link.id, now);
        return link.state === 'connected' ? quality(before, now) : 'poor';
      }),
    ).catch(() => []);
    const mark = worst(/** @type {any} */ (marks));
    if (mark !== this.mark) {
      this.mark = mark;
      this.#changed();
    }
  }

  /** @param {Phase} phase */
  #out(phase) {
    this.#round++;
    this.#wanted = false;
    this.#world.clearInterval(this.#looking);
    this.#looking = undefined;
    this.mark = '';
    this.#counted.clear();
    this.mesh.end();
    this.#put('audio', null);
    this.#put('video', null);
    this.audio = false;
    this.video = false;
    this.#turn(phase);
  }

  /** @param {object} message */
  #send(message) {
    this.#socket?.send(message);
  }

  /** @param {Phase} phase */
  #turn(phase) {
    this.phase = phase;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

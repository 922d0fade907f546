/**
 * Connections to the other pages of a call, one for each. The page with the higher number makes the offer, and makes it anew when the
 * way is lost, so that two offers never cross. Each connection has one place for sound and one for a picture from the start;
 * what is sent in them changes without another offer.
 */

/** @typedef {{id: number, connection: RTCPeerConnection, stream: MediaStream, early: RTCIceCandidateInit[], state: string}} Link */

/** Event `change` whenever a stream or a connection's state has changed. */
export class Mesh extends EventTarget {
  /** @type {Map<number, Link>} */
  #links = new Map();
  /** @type {{audio: MediaStreamTrack | null, video: MediaStreamTrack | null}} */
  #tracks = { audio: null, video: null };
  #world;
  #send;
  /** @type {RTCIceServer[]} */
  #servers = [];
  /** @type {RTCIceTransportPolicy} */
  #policy = 'all';
  /** @type {number} */
  #me = 0;

  /**
   * @param {{RTCPeerConnection: any, MediaStream: any}} world
   * @param {(to: number, data: object) => void} send
   */
  constructor(world, send) {
    super();
    this.#world = world;
    this.#send = send;
  }

  /**
   * @param {number} me this page's id in the call
   * @param {RTCIceServer[]} servers
   * @param {boolean} [relay] whether the pages may meet by TURN alone
   */
  begin(me, servers, relay = false) {
    this.end();
    this.#me = me;
    this.#servers = servers;
    this.#policy = relay ? 'relay' : 'all';
  }

  end() {
    for (const id of [...this.#links.keys()]) {
      this.drop(id);
    }
  }

  /** @returns {Link[]} */
  get links() {
    return [...this.#links.values()];
  }

  /**
   * @param {'audio' | 'video'} kind
   * @param {MediaStreamTrack | null} track
   */
  async put(kind, track) {
    this.#tracks[kind] = track;
    await Promise.all(this.links.map((link) => this.#sender(link, kind)?.replaceTrack(track)));
  }

  /**
   * A page that is in the call. The lower number waits for its offer.
   *
   * @param {number} id
   */
  async meet(id) {
    if (id === this.#me || this.#links.has(id) || id > this.#me) {
      return;
    }
    const link = this.#link(id);
    for (const kind of /** @type {('audio' | 'video')[]} */ (['audio', 'video'])) {
      link.connection.addTransceiver(this.#tracks[kind] ?? kind, { direction: 'sendrecv', streams: [this.#own()] });
    }
    await this.#offer(link, false);
  }

  /** @param {number} id */
  drop(id) {
    const link = this.#links.get(id);
    if (link) {
      this.#links.delete(id);
      link.connection.onicecandidate = null;
      link.connection.close();
      this.#changed();
    }
  }

  /**
   * @param {number} from
   * @param {any} data
   */
  async take(from, data) {
    if (data.description) {
      await this.#described(from, data.description);
    } else if (data.candidate) {
      const link = this.#links.get(from);
      if (!link?.connection.remoteDescription) {
        // A candidate may overtake the description it belongs to.
        link?.early.push(data.candidate);
        return;
      }
      await link.connection.addIceCandidate(data.candidate).catch(() => {});
    }
  }

  /**
   * @param {number} from
   * @param {RTCSessionDescriptionInit} description
   */
  async #described(from, description) {
    if (description.type === 'offer') {
      if (from < this.#me) {
        // Only the higher number offers.
        return;
      }
      const link = this.#links.get(from) ?? this.#link(from);
      await link.connection.setRemoteDescription(description);
      for (const transceiver of link.connection.getTransceivers()) {
        const kind = /** @type {'audio' | 'video'} */ (transceiver.receiver.track.kind);
        transceiver.direction = 'sendrecv';
        transceiver.sender.setStreams?.(this.#own());
        await transceiver.sender.replaceTrack(this.#tracks[kind]);
      }
      await link.connection.setLocalDescription();
      this.#send(from, { description: link.connection.localDescription });
      await this.#late(link);
    } else if (description.type === 'answer') {
      const link = this.#links.get(from);
      if (link?.connection.signalingState === 'have-local-offer') {
        await link.connection.setRemoteDescription(description);
        await this.#late(link);
      }
    }
  }

  /** @param {Link} link */
  async #late(link) {
    for (const candidate of link.early.splice(0)) {
      await link.connection.addIceCandidate(candidate).catch(() => {});
    }
  }

  /**
   * @param {Link} link
   * @param {boolean} anew whether another way is looked for
   */
  async #offer(link, anew) {
    await link.connection.setLocalDescription(await link.connection.createOffer({ iceRestart: anew }));
    this.#send(link.id, { description: link.connection.localDescription });
  }

  /**
   * @param {number} id
   * @returns {Link}
   */
  #link(id) {
    /** @type {RTCPeerConnection} */
    const connection = new this.#world.RTCPeerConnection({ iceServers: this.#servers, iceTransportPolicy: this.#policy });
    /** @type {Link} */
    const link = { id, connection, stream: new this.#world.MediaStream(), early: [], state: 'new' };
    this.#links.set(id, link);
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) {
        this.#send(id, { candidate });
      }
    };
    connection.ontrack = ({ track }) => {
      for (const old of link.stream.getTracks().filter((t) => t.kind === track.kind)) {
        link.stream.removeTrack(old);
      }
      link.stream.addTrack(track);
      this.#changed();
    };
    connection.onconnectionstatechange = () => {
      link.state = connection.connectionState;
      this.#changed();
      if (link.state === 'failed' && id < this.#me && this.#links.get(id) === link) {
        this.#offer(link, true).catch(() => {});
      }
    };
    return link;
  }

  /**
   * @param {Link} link
   * @param {'audio' | 'video'} kind
   */
  #sender(link, kind) {
    return link.connection.getTransceivers().find((t) => t.receiver.track.kind === kind)?.sender;
  }

  #own() {
    return new this.#world.MediaStream();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

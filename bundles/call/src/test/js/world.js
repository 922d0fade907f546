/** Stand-ins for the browser's parts of a call. Two meshes can be wired together: what one sends the other takes, in order. */

export class FakeTrack {
  constructor(kind, id = kind) {
    Object.assign(this, { kind, id, enabled: true, stopped: false, onended: null });
  }

  stop() {
    this.stopped = true;
  }

  getSettings() {
    return { deviceId: this.id };
  }
}

export class FakeStream {
  constructor(tracks = []) {
    this.tracks = [...tracks];
  }

  getTracks() {
    return this.tracks;
  }

  addTrack(track) {
    this.tracks.push(track);
  }

  removeTrack(track) {
    this.tracks = this.tracks.filter((t) => t !== track);
  }
}

class FakeTransceiver {
  constructor(track) {
    const kind = typeof track === 'string' ? track : track.kind;
    this.receiver = { track: new FakeTrack(kind) };
    this.direction = 'sendrecv';
    this.sender = {
      track: typeof track === 'string' ? null : track,
      setStreams: () => {},
      replaceTrack: async (now) => {
        this.sender.track = now;
      },
    };
  }
}

/** One RTCPeerConnection; those made are kept in `world.connections`. */
function connections(world) {
  return class FakeConnection {
    constructor(configuration) {
      Object.assign(this, {
        configuration,
        signalingState: 'stable',
        connectionState: 'new',
        localDescription: null,
        remoteDescription: null,
        transceivers: [],
        candidates: [],
        closed: false,
        offers: [],
      });
      world.connections.push(this);
    }

    addTransceiver(track) {
      this.transceivers.push(new FakeTransceiver(track));
    }

    getTransceivers() {
      return this.transceivers;
    }

    async createOffer(options) {
      this.offers.push(options);
      return { type: 'offer', sdp: `offer ${this.offers.length}` };
    }

    async setLocalDescription(description) {
      this.localDescription = description ?? { type: 'answer', sdp: 'answer' };
      this.signalingState = this.localDescription.type === 'offer' ? 'have-local-offer' : 'stable';
    }

    async setRemoteDescription(description) {
      this.remoteDescription = description;
      if (description.type === 'offer' && this.transceivers.length === 0) {
        this.transceivers = [new FakeTransceiver('audio'), new FakeTransceiver('video')];
      }
      this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    }

    async addIceCandidate(candidate) {
      if (!this.remoteDescription) {
        throw new Error('no remote description');
      }
      this.candidates.push(candidate);
    }

    async getStats() {
      return new Map(world.stats.map((report, at) => [at, report]));
    }

    close() {
      this.closed = true;
    }

    /** The browser says how it is. */
    becomes(state) {
      this.connectionState = state;
      this.onconnectionstatechange();
    }
  };
}

/** A browser with a microphone and a camera, both allowed, until a test says otherwise. */
export function world() {
  const made = {
    connections: [],
    stats: [],
    asked: [],
    refuse: '',
    timers: new Map(),
    MediaStream: FakeStream,
    navigator: {
      mediaDevices: {
        getUserMedia: async (wish) => {
          made.asked.push(wish);
          if (made.refuse) {
            throw Object.assign(new Error(), { name: made.refuse });
          }
          const kind = wish.audio ? 'audio' : 'video';
          return new FakeStream([new FakeTrack(kind, wish[kind].deviceId?.ideal ?? `${kind}-1`)]);
        },
        enumerateDevices: async () => [
          { kind: 'audioinput', deviceId: 'audio-1' },
          { kind: 'audioinput', deviceId: 'audio-2' },
          { kind: 'audioinput', deviceId: '' },
          { kind: 'audiooutput', deviceId: 'x' },
          { kind: 'videoinput', deviceId: 'video-1' },
        ],
      },
    },
    setInterval: (run) => {
      const id = made.timers.size + 1;
      made.timers.set(id, run);
      return id;
    },
    clearInterval: (id) => made.timers.delete(id),
  };
  made.RTCPeerConnection = connections(made);
  return made;
}

/** Lets everything that waits go on. */
export async function settled() {
  for (let turn = 0; turn < 30; turn++) {
    await null;
  }
  await new Promise((done) => setImmediate(done));
}

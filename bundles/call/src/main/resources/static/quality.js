/** How good a line is, out of what the browser counts. Knows no DOM. */

/**
 * What was counted at one moment.
 *
 * @typedef {{received: number, lost: number, jitter: number, delay: number}} Counted
 */
/** @typedef {'good' | 'fair' | 'poor'} Quality */

/** Bounds of good and of fair: the part of packets lost, the way there and back in seconds, jitter in seconds. */
const BOUNDS = {
  good: { lost: 0.02, delay: 0.3, jitter: 0.03 },
  fair: { lost: 0.08, delay: 0.6, jitter: 0.08 },
};

/**
 * Out of the statistics of one connection.
 *
 * @param {Iterable<any>} reports values of an RTCStatsReport
 * @returns {Counted}
 */
export function counted(reports) {
  const sum = { received: 0, lost: 0, jitter: 0, delay: 0 };
  for (const report of reports) {
    if (report.type === 'inbound-rtp' && report.kind === 'audio') {
      sum.received += report.packetsReceived ?? 0;
      sum.lost += Math.max(0, report.packetsLost ?? 0);
      sum.jitter = Math.max(sum.jitter, report.jitter ?? 0);
    } else if (report.type === 'candidate-pair' && report.nominated && report.currentRoundTripTime !== undefined) {
      sum.delay = Math.max(sum.delay, report.currentRoundTripTime);
    }
  }
  return sum;
}

/**
 * @param {Counted} before
 * @param {Counted} now
 * @returns {Quality}
 */
export function quality(before, now) {
  const received = Math.max(0, now.received - before.received);
  const lost = Math.max(0, now.lost - before.lost);
  const part = received + lost === 0 ? 0 : lost / (received + lost);
  for (const mark of /** @type {('good' | 'fair')[]} */ (['good', 'fair'])) {
    const most = BOUNDS[mark];
    if (part <= most.lost && now.delay <= most.delay && now.jitter <= most.jitter) {
      return mark;
    }
  }
  return 'poor';
}

/**
 * @param {Quality[]} all
 * @returns {Quality | ''} the worst; nothing of nothing
 */
export function worst(all) {
  return /** @type {Quality[]} */ (['poor', 'fair', 'good']).find((mark) => all.includes(mark)) ?? '';
}

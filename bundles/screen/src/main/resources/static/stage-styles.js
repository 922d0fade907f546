// Looks of the picture's stage, in the agent's tab and in a window of its own.

import { css } from 'tandem/kit';

export const stageStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    height: 100%;
    container: stage / inline-size;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 2px;
    min-height: 40px;
    padding: 0 var(--tandem-gap);
    border-bottom: 1px solid var(--tandem-line);
    background: var(--tandem-surface);
  }
  .whose {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    padding-inline: 4px 12px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .whose small {
    margin-inline-start: 8px;
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-s);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .zoom {
    display: inline-flex;
    align-items: center;
    flex: none;
    margin-inline-end: 6px;
    border: 1px solid var(--tandem-line);
    border-radius: var(--tandem-radius);
  }
  .zoom button {
    min-inline-size: 28px;
    padding: 0 8px;
    border: 0;
    border-radius: 0;
    background: transparent;
    color: var(--tandem-text);
  }
  .zoom button:first-child {
    border-start-start-radius: 5px;
    border-end-start-radius: 5px;
  }
  .zoom button:last-child {
    border-start-end-radius: 5px;
    border-end-end-radius: 5px;
  }
  .zoom button + button,
  .zoom .percent {
    border-inline-start: 1px solid var(--tandem-line);
  }
  .zoom button[aria-pressed='true'] {
    background: var(--tandem-accent-soft);
    color: var(--tandem-accent-text);
    font-weight: 600;
  }
  .zoom .sign {
    font-size: 1.1em;
    line-height: 1;
  }
  .percent {
    min-inline-size: 3.6em;
    padding-inline: 4px;
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-s);
    font-variant-numeric: tabular-nums;
    line-height: var(--lumo-size-s);
    text-align: center;
  }
  .rule {
    align-self: center;
    inline-size: 1px;
    block-size: 20px;
    margin-inline: 4px;
    background: var(--tandem-line);
  }
  .notice {
    display: flex;
    align-items: flex-start;
    gap: var(--tandem-gap);
    padding: 8px 8px 8px 12px;
    border-bottom: 1px solid var(--tandem-line);
    background: var(--tandem-warn-soft);
    font-size: var(--lumo-font-size-s);
  }
  .notice svg {
    margin-block-start: 2px;
    color: var(--tandem-warn);
  }
  .notice > span {
    flex: 1;
  }
  .room {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow: hidden;
    background: #16181d;
  }
  .picture {
    position: absolute;
    inset: 0;
  }
  .bad .picture {
    filter: grayscale(1) brightness(0.6);
  }
  .over {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--tandem-gap);
    padding: 24px;
    color: #fff;
    text-align: center;
    pointer-events: none;
  }
  .over.late {
    animation: late 0s 300ms both;
  }
  @keyframes late {
    from { visibility: hidden; }
  }
  .card {
    padding: 12px 20px;
    border-radius: var(--tandem-radius);
    background: rgb(0 0 0 / 75%);
  }
  .clock {
    font-size: 1.5rem;
    font-variant-numeric: tabular-nums;
  }
  tandem-empty {
    flex: 1;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--tandem-gap);
    margin-block-start: 16px;
  }
  .buttons button {
    max-inline-size: 100%;
    padding-block: 4px;
    flex-shrink: 1;
    overflow-wrap: anywhere;
  }
  p {
    max-inline-size: 46ch;
  }
  .over p {
    color: inherit;
  }
  @container stage (width < 700px) {
    .bar .fold {
      display: none;
    }
  }
  @container stage (width < 520px) {
    .zoom .sign,
    .percent {
      display: none;
    }
  }
`;

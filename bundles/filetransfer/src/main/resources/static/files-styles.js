import { css } from 'tandem/kit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    block-size: 100%;
    background: var(--tandem-surface);
    font-size: var(--lumo-font-size-s);
    line-height: 1.4;
    container-type: inline-size;
    /* Where hardly anything fits, all of it scrolls, else the list alone. */
    overflow-y: auto;
  }
  :host([roomy]) {
    block-size: auto;
    overflow-y: visible;
    font-size: var(--lumo-font-size-m);
  }
  :host([roomy]) .send,
  :host([roomy]) .accept-all,
  :host([roomy]) .row-item {
    padding-inline: 16px;
  }
  /* After the session it stands among what else is left of it. */
  :host([over]) {
    block-size: auto;
    overflow-y: visible;
    container-type: normal;
    background: none;
  }
  :host([over]) .list,
  :host([roomy]) .list {
    min-block-size: 0;
    overflow: visible;
  }
  :host([over]) .all {
    border: 1px solid var(--tandem-line);
    border-radius: var(--tandem-radius);
    background: var(--tandem-surface);
    text-align: start;
  }
  h3 {
    padding: 12px 16px 4px;
    font-size: var(--lumo-font-size-m);
  }
  .all {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
  }
  .send {
    padding: calc(var(--tandem-gap) * 1.5);
    border-block-end: 1px solid var(--tandem-line);
  }
  .choose {
    display: flex;
    flex-wrap: wrap;
    gap: var(--tandem-gap);
  }
  :host(:not([roomy])) .choose button {
    min-block-size: var(--lumo-size-s);
    font-size: var(--lumo-font-size-s);
    padding-inline: 0.7em;
  }
  .hint {
    margin-block-start: 6px;
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-xs);
    text-wrap: pretty;
  }
  :host([roomy]) .hint,
  :host([roomy]) .meta,
  :host([roomy]) .status {
    font-size: 0.9375rem;
  }
  .accept-all {
    display: flex;
    align-items: flex-start;
    gap: var(--tandem-gap);
    padding: var(--tandem-gap) calc(var(--tandem-gap) * 1.5);
    border-block-end: 1px solid var(--tandem-line);
    color: var(--tandem-text);
    font-weight: 400;
    font-size: inherit;
  }
  .accept-all input {
    flex: none;
    margin-block-start: 0.15em;
  }
  .zone {
    padding: 4px calc(var(--tandem-gap) * 1.5);
    border-block-end: 1px solid var(--tandem-line);
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-xs);
  }
  .none {
    padding: calc(var(--tandem-gap) * 2.5) calc(var(--tandem-gap) * 2);
    color: var(--tandem-muted);
    text-align: center;
    text-wrap: balance;
  }
  .list {
    /* What only screen readers get scrolls along, and makes nothing longer. */
    position: relative;
    flex: 1 1 auto;
    min-block-size: 11rem;
    margin: 0;
    padding: 0;
    list-style: none;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .row-item {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0 var(--tandem-gap);
    padding: calc(var(--tandem-gap) * 1.25) calc(var(--tandem-gap) * 1.5);
    border-block-end: 1px solid var(--tandem-line);
  }
  .row-item:focus-visible,
  .row-item[data-led]:focus {
    outline: 2px solid var(--tandem-accent);
    outline-offset: -2px;
  }
  .row-item.asks {
    background: var(--tandem-accent-soft);
  }
  .row-item.wordy {
    grid-template-columns: auto minmax(0, 1fr);
  }
  .wordy .acts {
    gap: var(--tandem-gap);
    grid-column: 2;
    justify-content: flex-start;
    margin-block-start: var(--tandem-gap);
  }
  .kind {
    color: var(--tandem-muted);
    font-size: 1.1em;
    line-height: 1.2;
  }
  .what {
    min-inline-size: 0;
  }
  .name {
    overflow-wrap: anywhere;
    font-weight: 600;
  }
  .title {
    display: -webkit-box;
    -webkit-line-clamp: 3;
    -webkit-box-orient: vertical;
    overflow: hidden;
  }
  .meta,
  .status {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.9em;
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-xs);
    overflow-wrap: anywhere;
  }
  .status {
    align-items: center;
    margin-block-start: 4px;
    color: var(--tandem-text);
  }
  .status > span {
    min-inline-size: 0;
  }
  .status svg.icon {
    margin-inline-end: -0.4em;
  }
  .status.good svg {
    color: var(--tandem-good);
  }
  .status.bad {
    flex-wrap: nowrap;
    align-items: flex-start;
    color: var(--tandem-bad);
  }
  .warn {
    color: var(--tandem-warn);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    justify-content: flex-end;
    gap: 4px;
  }
  :host([roomy]) .asks .acts button {
    min-block-size: var(--lumo-size-m);
    font-size: inherit;
    padding-inline: 1.2em;
  }
  progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 6px;
    margin-block-start: 6px;
    border: 0;
    border-radius: 3px;
    overflow: hidden;
    background: var(--lumo-contrast-20pct);
    color: var(--tandem-accent);
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    background: var(--tandem-accent);
  }
  progress::-moz-progress-bar {
    background: var(--tandem-accent);
  }
  [data-state='paused'] progress,
  [data-state='stalled'] progress {
    color: var(--tandem-muted);
  }
  [data-state='paused'] progress::-webkit-progress-value,
  [data-state='stalled'] progress::-webkit-progress-value {
    background: var(--tandem-muted);
  }
  [data-state='paused'] progress::-moz-progress-bar,
  [data-state='stalled'] progress::-moz-progress-bar {
    background: var(--tandem-muted);
  }
  details {
    margin-block-start: 4px;
    font-size: var(--lumo-font-size-xs);
  }
  :host([roomy]) details {
    font-size: 0.875rem;
  }
  summary {
    inline-size: fit-content;
    padding-block: 2px;
    color: var(--tandem-muted);
    cursor: pointer;
  }
  dl {
    margin: 4px 0 0;
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.6em;
  }
  dt {
    color: var(--tandem-muted);
  }
  dd {
    margin: 0;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .sum {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
  }
  code {
    font-family: var(--tandem-mono);
    font-size: 0.92em;
    overflow-wrap: anywhere;
  }
  /* However many there are, the other lines stay near. */
  .inside {
    max-block-size: 20rem;
    margin: 4px 0;
    padding: 0;
    list-style: none;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .inside > li:first-child {
    border-block-start: 0;
  }
  .inside li {
    padding-block: 4px;
    border-block-start: 1px solid var(--tandem-line);
  }
  .inside .name {
    font-weight: 500;
  }
  .drop {
    display: none;
  }
  .over .drop {
    position: absolute;
    inset: 4px;
    z-index: 2;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--tandem-gap);
    border: 2px dashed var(--tandem-accent);
    border-radius: var(--tandem-radius);
    background: color-mix(in srgb, var(--tandem-surface) 88%, transparent);
    color: var(--tandem-accent-text);
    font-weight: 600;
    pointer-events: none;
  }
  /* For fingers. */
  @media (pointer: coarse) {
    :host([roomy]) .choose button,
    :host([roomy]) .acts button {
      min-block-size: 44px;
    }
    :host([roomy]) .acts button.icon {
      inline-size: 44px;
    }
    :host([roomy]) .accept-all,
    :host([roomy]) summary {
      padding-block: 10px;
    }
    :host([roomy]) .accept-all input {
      inline-size: 1.5em;
      block-size: 1.5em;
      margin-block-start: 0;
    }
  }
  @container (inline-size < 20rem) {
    .row-item {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .acts {
      grid-column: 2;
      justify-content: flex-start;
      margin-block-start: 4px;
    }
  }
`;

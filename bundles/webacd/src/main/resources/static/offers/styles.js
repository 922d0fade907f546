/** Looks of the row of offers below the desktop's header: dense, and gone when there is nothing to say. */

import { css } from 'tandem/kit';

export const offerStyles = css`
  :host {
    display: block;
  }
  section {
    border-block-end: 1px solid var(--tandem-line);
    background: var(--tandem-surface-2);
    padding: 8px 16px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    max-block-size: 60dvh;
    overflow: auto;
  }
  .cards {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .card {
    border: 1px solid var(--tandem-accent);
    border-inline-start-width: 4px;
    border-radius: 8px;
    background: var(--tandem-surface);
    overflow: hidden;
    box-shadow: var(--tandem-shadow);
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 8px 24px;
    padding: 12px 16px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
  }
  .face {
    inline-size: 2.5rem;
    block-size: 2.5rem;
    display: grid;
    place-items: center;
    flex: none;
    border-radius: 50%;
    background: var(--tandem-accent-soft);
    color: var(--tandem-accent-text);
    font-weight: 700;
  }
  h3 {
    font-size: var(--lumo-font-size-l);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-s);
  }
  .facts b {
    color: var(--tandem-text);
    font-weight: 600;
  }
  .do {
    display: flex;
    align-items: center;
    gap: 8px;
    grid-row: 1;
    grid-column: 2;
  }
  .do .left {
    min-inline-size: 3.2em;
    text-align: end;
    font-weight: 600;
  }
  kbd {
    font: inherit;
    font-size: var(--lumo-font-size-xs);
    font-weight: 500;
  }
  .more {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
    gap: 8px 24px;
    align-items: start;
    font-size: var(--lumo-font-size-s);
  }
  .more:empty {
    display: none;
  }
  blockquote {
    max-block-size: 8rem;
    overflow: auto;
  }
  dl {
    row-gap: 2px;
  }
  details summary {
    cursor: pointer;
    color: var(--tandem-accent-text);
    font-weight: 500;
  }
  .said {
    list-style: none;
    margin: 4px 0 0;
    padding: 0;
    max-block-size: 10rem;
    overflow: auto;
  }
  .said li {
    overflow-wrap: anywhere;
  }
  .said b {
    font-weight: 600;
  }
  progress {
    display: block;
    inline-size: 100%;
    block-size: 4px;
    border: 0;
    appearance: none;
    background: var(--lumo-contrast-10pct);
    accent-color: var(--tandem-accent);
  }
  progress::-webkit-progress-bar {
    background: var(--lumo-contrast-10pct);
  }
  progress::-webkit-progress-value {
    background: var(--tandem-accent);
  }
  progress::-moz-progress-bar {
    background: var(--tandem-accent);
  }
  .short progress::-webkit-progress-value {
    background: var(--tandem-bad-strong);
  }
  .short progress::-moz-progress-bar {
    background: var(--tandem-bad-strong);
  }
  .short .left {
    color: var(--tandem-bad);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-block-size: var(--lumo-size-m);
  }
  .line > .grow {
    flex: 1 1 16rem;
    overflow-wrap: anywhere;
  }
  .line.missed {
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--tandem-warn-soft);
    color: var(--tandem-warn);
  }
  .line.missed .grow {
    color: var(--tandem-text);
  }
  .waiting {
    inline-size: 100%;
    border-collapse: collapse;
  }
  .waiting td,
  .waiting th {
    text-align: start;
    padding: 6px 8px 6px 0;
    border-block-end: 1px solid var(--tandem-line);
    overflow-wrap: anywhere;
  }
  .waiting th {
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-s);
    font-weight: 500;
  }
  .waiting td:last-child {
    text-align: end;
  }
  @media (max-width: 40rem) {
    section {
      padding: 8px;
    }
    .body {
      grid-template-columns: minmax(0, 1fr);
      padding: 12px;
    }
    .do {
      grid-row: auto;
      grid-column: 1;
      order: 3;
    }
    .do button {
      flex: 1;
      min-block-size: 2.75rem;
    }
    kbd {
      display: none;
    }
  }
  .waiting td:last-child {
    inline-size: 1%;
    white-space: nowrap;
  }
  .waiting button {
    overflow-wrap: normal;
  }
`;

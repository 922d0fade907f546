/** Looks of the tab's middle while there is no picture: the connection panel, and what is said outside of a session. */

import { css } from 'tandem/kit';

export const connectionStyles = css`
  .middle {
    container: middle / inline-size;
    margin: auto;
    padding: 24px 16px;
    inline-size: min(100%, 52rem);
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  .card {
    border: 1px solid var(--tandem-line);
    border-radius: 10px;
    background: var(--tandem-surface);
  }
  .connect h2,
  .plain h2 {
    font-size: var(--lumo-font-size-xl);
  }
  .connect > header {
    padding: 16px 24px;
    display: flex;
    flex-direction: column;
    gap: 4px;
  }
  .with-code {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    border-block-start: 1px solid var(--tandem-line);
  }
  .connect dl {
    margin: 0;
    padding: 0 24px;
  }
  .connect .scan {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    inline-size: 12rem;
    padding: 16px;
    border-inline-start: 1px solid var(--tandem-line);
    font-size: var(--lumo-font-size-xs);
    text-align: center;
    text-wrap: balance;
  }
  .connect dl > div {
    display: grid;
    grid-template-columns: 7.5rem minmax(0, 1fr);
    align-items: center;
    gap: 2px 16px;
    padding-block: 8px;
  }
  .connect dl > div + div {
    border-block-start: 1px solid var(--tandem-line);
  }
  .connect dt {
    color: var(--tandem-muted);
  }
  .connect dd {
    margin: 0;
    overflow-wrap: anywhere;
    font-weight: 500;
  }
  .connect .large dd {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
  }
  .connect .pin {
    font-family: var(--tandem-mono);
    font-size: clamp(1.5rem, 6cqi, 2.5rem);
    line-height: 1.15;
    font-weight: 600;
    letter-spacing: 0.02em;
    white-space: nowrap;
    overflow-wrap: normal;
    user-select: all;
  }
  .connect .large dd > :first-child {
    min-inline-size: 0;
  }
  .connect .url {
    font-size: clamp(1rem, 3.2cqi, 1.25rem);
    user-select: all;
  }
  .connect > footer {
    display: flex;
    flex-wrap: wrap;
    gap: var(--tandem-gap);
    justify-content: flex-end;
    padding: 12px 24px;
    border-block-start: 1px solid var(--tandem-line);
    background: var(--tandem-surface-2);
    border-end-start-radius: 10px;
    border-end-end-radius: 10px;
  }
  .ways {
    display: grid;
    grid-template-columns: 1fr;
    gap: 16px;
  }
  .ways .card {
    padding: 16px 24px;
    display: flex;
    flex-direction: column;
    gap: var(--tandem-gap);
  }
  .ways h3 {
    font-size: var(--lumo-font-size-m);
  }
  .send {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--tandem-gap) 12px;
  }
  .steps {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
    counter-reset: step;
  }
  .steps li {
    counter-increment: step;
    padding: 10px 12px;
    border-radius: var(--tandem-radius);
    background: var(--tandem-surface-2);
    color: var(--tandem-muted);
    text-wrap: pretty;
  }
  .steps li::before {
    content: counter(step);
    display: inline-grid;
    place-items: center;
    inline-size: 1.5em;
    block-size: 1.5em;
    margin-inline-end: 0.5em;
    border-radius: 50%;
    background: var(--tandem-accent-soft);
    color: var(--tandem-accent-text);
    font-weight: 600;
    font-size: var(--lumo-font-size-xs);
  }
  .plain {
    margin: auto;
    max-inline-size: 34rem;
    padding: 32px 24px;
    text-align: center;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 12px;
  }
  .plain .mark {
    font-size: 2rem;
    line-height: 1;
    color: var(--tandem-muted);
  }
  .outcome {
    inline-size: min(100%, 26rem);
    margin: 8px 0 0;
    padding: 4px 16px;
    text-align: start;
  }
  .plain .notes {
    inline-size: min(100%, 26rem);
  }
  .outcome > div {
    display: grid;
    grid-template-columns: 8.5rem minmax(0, 1fr);
    gap: 16px;
    padding-block: 8px;
  }
  .outcome > div + div {
    border-block-start: 1px solid var(--tandem-line);
  }
  .outcome dt {
    color: var(--tandem-muted);
  }
  .outcome dd {
    margin: 0;
    font-weight: 500;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .plain .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--tandem-gap);
    margin-block-start: 8px;
  }

  @container middle (width < 760px) {
    .connect dl > .large {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @container middle (width < 560px) {
    .with-code {
      grid-template-columns: minmax(0, 1fr);
    }
    .connect .scan {
      flex-direction: row;
      inline-size: auto;
      padding: 16px 24px;
      border-inline-start: 0;
      border-block-start: 1px solid var(--tandem-line);
      text-align: start;
      font-size: var(--lumo-font-size-s);
    }
    .steps {
      grid-template-columns: 1fr;
    }
  }
`;

/** Looks of the rules and of their editor: numbers of lines, the text, and behind it the same text with what is wrong underlined. */

import { css } from 'tandem/kit';

const written = css`
  .example,
  .diff {
    margin: 0;
    padding: 12px;
    border-radius: 8px;
    background: var(--tandem-surface-3);
    font-family: var(--tandem-mono);
    font-size: 0.85rem;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  details > *:not(summary) {
    margin-block-start: 8px;
  }
`;

export const paperStyles = [
  written,
  css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
    }
    .editor {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      block-size: clamp(16rem, 50dvh, 40rem);
      border: 1px solid var(--tandem-line-strong);
      border-radius: 8px;
      background: var(--tandem-surface);
      overflow: hidden;
      font-family: var(--tandem-mono);
      font-size: 0.9rem;
      line-height: 1.6;
      tab-size: 4;
    }
    .editor:focus-within {
      outline: 2px solid var(--tandem-accent-text);
      outline-offset: 1px;
    }
    .lines {
      overflow: hidden;
      margin: 0;
      padding: 8px 8px 8px 12px;
      background: var(--tandem-surface-2);
      color: var(--tandem-muted);
      text-align: end;
      border-inline-end: 1px solid var(--tandem-line);
      user-select: none;
      font: inherit;
    }
    .lines .bad {
      color: var(--tandem-bad);
      font-weight: 700;
    }
    .paper {
      position: relative;
      min-inline-size: 0;
    }
    .paper pre,
    .paper textarea {
      position: absolute;
      inset: 0;
      margin: 0;
      padding: 8px 12px !important;
      border: 0 !important;
      border-radius: 0 !important;
      background: transparent !important;
      box-shadow: none !important;
      font: inherit !important;
      white-space: pre;
      overflow: auto;
      inline-size: 100%;
      block-size: 100%;
      resize: none;
      outline: none;
      direction: ltr;
      text-align: left;
    }
    .paper pre {
      overflow: hidden;
      color: transparent;
    }
    .paper mark {
      background: var(--tandem-bad-soft);
      color: transparent;
      text-decoration: underline wavy var(--tandem-bad);
      text-decoration-skip-ink: none;
    }
    .problems {
      display: grid;
      gap: 8px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .problems button {
      inline-size: 100%;
      justify-content: flex-start;
      block-size: auto;
      padding: 8px 12px;
      text-align: start;
      color: var(--tandem-text);
      background: var(--tandem-bad-soft);
    }
    .problems .where {
      flex: none;
      font-variant-numeric: tabular-nums;
      font-weight: 600;
      color: var(--tandem-bad);
    }
    .problems .what {
      display: grid;
      min-inline-size: 0;
      font-weight: 400;
      overflow-wrap: anywhere;
    }
    .words {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
    .words button {
      font-family: var(--tandem-mono);
      font-weight: 400;
    }
    details + details {
      margin-block-start: -8px;
    }
  `,
];

export const ruleStyles = [
  written,
  css`
    .diff {
      max-block-size: 16rem;
      overflow: auto;
    }
    .diff .in {
      display: block;
      background: var(--tandem-good-soft);
      color: var(--tandem-good);
    }
    .diff .out {
      display: block;
      background: var(--tandem-bad-soft);
      color: var(--tandem-bad);
    }
    .diff .same {
      display: block;
    }
    .steps {
      display: grid;
      gap: 6px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .steps li {
      display: flex;
      gap: 8px;
      align-items: start;
    }
    .steps svg {
      margin-block-start: 0.15em;
      color: var(--tandem-muted);
    }
    .steps .yes svg {
      color: var(--tandem-good);
    }
  `,
];

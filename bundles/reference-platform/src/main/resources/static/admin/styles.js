/** What the sections of the Administration view have in common. */

import { css, sections as common } from 'tandem/kit';

export const sections = [
  common,
  css`
    .tools {
      display: flex;
      flex: 0 1 auto;
      gap: 8px;
      align-items: center;
    }
    h3 {
      margin-block: 24px 8px;
      font-size: var(--lumo-font-size-s);
      font-weight: 600;
      color: var(--tandem-muted);
    }
    .list {
      margin: 0;
      padding: 0;
      list-style: none;
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
    }
    .list > li + li {
      border-block-start: 1px solid var(--tandem-line);
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 16px;
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-muted);
    }
    .field-error {
      display: block;
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-bad);
    }
    .state.bad {
      background: var(--tandem-bad-soft);
      color: var(--tandem-bad);
    }
    .notice {
      display: flex;
      gap: 8px;
      align-items: start;
      margin-block-end: 16px;
      padding: 8px 12px;
      border-radius: 8px;
      background: var(--tandem-surface-3);
      color: var(--tandem-text);
    }
    .none {
      padding: 24px 16px;
      text-align: center;
      color: var(--tandem-muted);
    }
    tandem-dialog form {
      display: grid;
      gap: 16px;
    }
    tandem-dialog label {
      color: var(--tandem-text);
    }
    tandem-dialog .hint {
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-muted);
    }
    fieldset {
      display: grid;
      gap: 10px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    .choice {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 0 10px;
      align-items: start;
      font-size: var(--lumo-font-size-m);
      font-weight: 400;
    }
    .choice input {
      margin-block-start: 0.2em;
    }
    .choice .hint {
      grid-column: 2;
    }
  `,
];

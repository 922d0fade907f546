/** What the pages of WebACD's administration have in common. */

import { css, sections } from 'tandem/kit';

export const adminStyles = [
  sections,
  css`
    h2:focus {
      outline: none;
    }
    h3 {
      font-size: var(--lumo-font-size-m);
    }
    .tools,
    .doing {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
    }
    .tools {
      flex-wrap: nowrap;
    }
    .box {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
      margin-block-end: 16px;
      padding: 16px;
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
    }
    /* What gets the focus is not to stand behind the bar at the bottom. */
    input,
    select,
    textarea {
      scroll-margin-block: 3rem 7rem;
    }
    .box > .lead {
      margin-block-start: -12px;
      font-size: var(--lumo-font-size-s);
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
      gap: 16px 24px;
      align-items: start;
    }
    .wide {
      grid-column: 1 / -1;
    }
    .field {
      display: grid;
      gap: 2px;
      align-content: start;
      min-inline-size: 0;
    }
    .field > label,
    .label {
      font-size: var(--lumo-font-size-s);
      font-weight: 500;
      color: var(--tandem-text);
    }
    .hint {
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-muted);
      text-wrap: pretty;
    }
    .wrong {
      display: block;
      font-size: var(--lumo-font-size-s);
      color: var(--tandem-bad);
      text-wrap: pretty;
    }
    .value {
      display: flex;
      align-items: center;
      gap: 8px;
    }
    .value input {
      inline-size: 7rem !important;
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
    .check {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 0 10px;
      align-items: start;
      font-size: var(--lumo-font-size-m);
      font-weight: 400;
      color: var(--tandem-text);
    }
    .check input {
      margin-block-start: 0.2em;
    }
    .check .hint {
      grid-column: 2;
    }
    .scroll {
      position: relative;
      overflow-x: auto;
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
    }
    .scroll .scroll,
    .box .scroll {
      border-radius: 8px;
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
    }
    th,
    td {
      padding: 8px 12px;
      text-align: start;
      vertical-align: middle;
    }
    thead th {
      font-size: var(--lumo-font-size-xs);
      font-weight: 600;
      color: var(--tandem-muted);
      white-space: nowrap;
      border-block-end: 1px solid var(--tandem-line);
    }
    tbody tr + tr > * {
      border-block-start: 1px solid var(--tandem-line);
    }
    td:last-child > .doing {
      flex-wrap: nowrap;
      justify-content: flex-end;
    }
    tbody th {
      font-weight: 600;
    }
    .num {
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
    td.num input,
    input.short {
      inline-size: 5rem !important;
      text-align: end;
      font-variant-numeric: tabular-nums;
    }
    .wrong:empty {
      display: none;
    }
    td .wrong {
      min-inline-size: 9rem;
    }
    .notice {
      display: flex;
      gap: 8px;
      align-items: start;
      padding: 8px 12px;
      border-radius: 8px;
      background: var(--tandem-surface-3);
      color: var(--tandem-text);
      overflow-wrap: anywhere;
    }
    .notice.bad {
      background: var(--tandem-bad-soft);
      color: var(--tandem-bad);
    }
    .notice.good {
      background: var(--tandem-good-soft);
      color: var(--tandem-good);
    }
    .notice svg {
      margin-block-start: 0.1em;
    }
    .none {
      padding: 16px;
      text-align: center;
      color: var(--tandem-muted);
    }
    .bar {
      position: sticky;
      inset-block-end: 0;
      z-index: 2;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 16px;
      margin-block-start: 16px;
      padding: 12px 16px;
      border: 1px solid var(--tandem-line);
      border-radius: 10px;
      background: var(--tandem-surface);
      box-shadow: var(--tandem-shadow);
    }
    tandem-dialog .field,
    tandem-dialog .notice {
      margin-block-start: 12px;
    }
    fieldset {
      display: grid;
      gap: 10px;
      margin: 0;
      padding: 0;
      border: 0;
      min-inline-size: 0;
    }
    summary {
      padding-block: 4px;
      cursor: pointer;
    }
    @media (max-width: 600px) {
      .tools {
        flex-wrap: wrap;
      }
      th,
      td {
        padding: 6px 8px;
      }
      .box {
        padding: 12px;
      }
    }
  `,
];

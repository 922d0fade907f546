/** Looks of a queue's entry page: as calm as the customer's page that follows it. */

import { css } from 'tandem/kit';

export const entryStyles = css`
  :host {
    --lumo-size-m: 2.75rem;
  }
  header {
    display: flex;
    align-items: center;
    gap: 16px;
    padding: 8px 16px;
    background: var(--tandem-surface);
    border-block-end: 1px solid var(--tandem-line);
    font-size: 1rem;
  }
  .brand {
    font-weight: 700;
  }
  .lead {
    margin-block-start: 6px;
  }
  label {
    overflow-wrap: anywhere;
  }
  label .muted {
    font-weight: 400;
  }
  .wrong {
    margin-block-start: 6px;
    color: var(--tandem-bad);
    font-weight: 500;
  }
  .big {
    min-block-size: 3.25rem;
    font-size: 1.125rem;
    inline-size: 100%;
    border-radius: 8px;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  footer {
    padding: 16px;
    text-align: center;
    color: var(--tandem-muted);
    font-size: 1rem;
  }
  footer span {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
`;

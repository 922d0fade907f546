/** Looks of a queue's entry page: as calm as the customer's page that follows it. */

import { css } from 'tandem/kit';

export const entryStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 100dvh;
    font-size: 1.0625rem;
    --lumo-size-m: 2.75rem;
    --lumo-font-size-m: 1.0625rem;
    background: var(--tandem-surface-2);
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
  main {
    flex: 1;
    inline-size: min(100%, 40rem);
    margin-inline: auto;
    padding: clamp(20px, 6vw, 56px) 16px 24px;
    display: flex;
    flex-direction: column;
    gap: 20px;
  }
  main:focus {
    outline: none;
  }
  h1 {
    font-size: clamp(1.4rem, 1.1rem + 2vw, 1.9rem);
  }
  .lead {
    margin-block-start: 6px;
    color: var(--tandem-muted);
    text-wrap: pretty;
  }
  .card {
    border: 1px solid var(--tandem-line);
    border-radius: 12px;
    background: var(--tandem-surface);
    padding: clamp(16px, 4vw, 28px);
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  label {
    font-size: 1rem;
    color: var(--tandem-text);
    font-weight: 600;
    margin-block-end: 6px;
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
  .trouble {
    display: flex;
    gap: 10px;
    padding: 12px 14px;
    border-radius: 8px;
    background: var(--tandem-bad-soft);
    color: var(--tandem-bad);
    font-weight: 500;
  }
  .trouble svg {
    margin-block-start: 3px;
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

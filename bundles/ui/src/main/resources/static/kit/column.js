import { css } from 'lit';

/** Looks of a whole page for who is not at the desktop: one calm column, large enough to read when worried. */
export const column = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 100dvh;
    font-size: 1.0625rem;
    --lumo-font-size-m: 1.0625rem;
    background: var(--tandem-surface-2);
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
`;

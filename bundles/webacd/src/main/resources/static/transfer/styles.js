import { css } from 'tandem/kit';

export const transferStyles = css`
  :host {
    display: block;
  }
  p {
    margin: 0 0 12px;
    text-wrap: pretty;
  }
  [role='tablist'] {
    display: flex;
    gap: 4px;
    border-block-end: 1px solid var(--tandem-line);
    margin-block: 12px 8px;
  }
  [role='tab'] {
    border-radius: var(--tandem-radius) var(--tandem-radius) 0 0;
    background: none;
    color: var(--tandem-muted);
    border-block-end: 2px solid transparent;
  }
  [role='tab'][aria-selected='true'] {
    color: var(--tandem-text);
    border-block-end-color: var(--tandem-accent);
  }
  .find {
    margin-block-end: 8px;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-inline-size: 0;
    max-block-size: min(36dvh, 17rem);
    overflow: auto;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px 8px;
    border-radius: var(--tandem-radius);
    color: var(--tandem-text);
    font-size: var(--lumo-font-size-m);
    cursor: pointer;
  }
  .choice:hover {
    background: var(--lumo-contrast-5pct);
  }
  .choice.out {
    cursor: default;
    color: var(--tandem-muted);
  }
  .choice input {
    flex: none;
  }
  .choice .grow {
    overflow-wrap: anywhere;
  }
  .choice .state {
    flex: none;
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
  }
  .choice .dot {
    display: inline-block;
    inline-size: 0.6em;
    block-size: 0.6em;
    border-radius: 50%;
    border: 1px solid currentColor;
    margin-inline-end: 0.4em;
  }
  .choice .dot.on {
    background: var(--tandem-good);
    border-color: var(--tandem-good);
  }
  p.then,
  p.error {
    margin: 8px 0 0;
  }
  .then {
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
    text-wrap: pretty;
  }
  .reason {
    margin-block-start: 16px;
  }
  .reason label {
    margin-block-end: 4px;
  }
  .reason .error {
    margin-block-start: 4px;
  }
  .reason label {
    display: block;
    margin-block-end: 4px;
  }
  textarea {
    resize: vertical;
    min-block-size: 4.5rem;
  }
  .under {
    display: flex;
    gap: 12px;
    font-size: var(--lumo-font-size-s);
    color: var(--tandem-muted);
  }
  .under .grow {
    text-wrap: pretty;
  }
  .under .number {
    flex: none;
    white-space: nowrap;
  }
  .under .over {
    color: var(--tandem-bad);
    font-weight: 600;
  }
  .trouble {
    display: flex;
    gap: 8px;
    margin-block-start: 12px;
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--tandem-bad-soft);
    color: var(--tandem-bad);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 16px;
  }
  .actions .primary {
    max-inline-size: 100%;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
`;

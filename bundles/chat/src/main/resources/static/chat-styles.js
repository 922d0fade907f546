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
  }

  :host([roomy]) {
    font-size: var(--lumo-font-size-m);
  }

  .frame {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
  }

  .zone {
    margin: 0;
    padding: 4px calc(var(--tandem-gap) * 1.5);
    border-block-end: 1px solid var(--tandem-line);
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-xs);
  }

  .log {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: var(--tandem-gap) calc(var(--tandem-gap) * 1.5);
  }

  .log:focus-visible {
    outline-offset: -2px;
  }

  .problem {
    padding: calc(var(--tandem-gap) * 3) var(--tandem-gap);
    text-align: center;
    text-wrap: balance;
  }

  .problem button {
    margin-block-start: var(--tandem-gap);
  }

  .day,
  .notice {
    display: flex;
    align-items: center;
    gap: var(--tandem-gap);
    margin-block: calc(var(--tandem-gap) * 1.25);
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-xs);
    text-align: center;
  }

  .notice > span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  /* In a line of text: no button of its own height. */
  .notice .link {
    display: inline;
    block-size: auto;
    min-block-size: 24px;
    min-inline-size: 0;
    padding: 0;
    border: 0;
    background: none;
    box-shadow: none;
    color: var(--tandem-accent-text);
    font: inherit;
    text-align: start;
    text-decoration: underline;
    white-space: normal;
    cursor: pointer;
  }

  .day::before,
  .day::after,
  .notice::before,
  .notice::after {
    content: '';
    flex: 1 1 8px;
    border-block-start: 1px solid var(--tandem-line);
  }

  .run {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 2px;
    margin-block: var(--tandem-gap);
    padding-inline-end: 12%;
  }

  .run.own {
    align-items: flex-end;
    padding-inline: 12% 0;
  }

  .by {
    display: flex;
    gap: var(--tandem-gap);
    align-items: baseline;
    max-inline-size: 100%;
    font-size: var(--lumo-font-size-xs);
    color: var(--tandem-muted);
  }

  .name {
    font-weight: 600;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  time {
    flex: none;
    font-variant-numeric: tabular-nums;
  }

  .bubble {
    max-inline-size: 100%;
    padding: 6px 10px;
    border: 1px solid var(--tandem-line);
    border-radius: 10px;
    background: var(--tandem-surface-2);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }

  .own .bubble {
    background: var(--tandem-accent-soft);
    border-color: transparent;
  }

  .erased {
    font-style: italic;
    color: var(--tandem-muted);
  }

  .bubble a {
    color: inherit;
    text-decoration-color: var(--tandem-accent-text);
    text-decoration-thickness: 2px;
    text-underline-offset: 2px;
  }

  .delivery {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    align-items: center;
    gap: 2px var(--tandem-gap);
    font-size: var(--lumo-font-size-xs);
    color: var(--tandem-muted);
  }

  .delivery.end {
    margin-block-start: -6px;
  }

  .delivery.failed {
    color: var(--tandem-bad);
  }

  .jump {
    position: absolute;
    inset-block-end: var(--tandem-gap);
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    max-inline-size: calc(100% - 2 * var(--tandem-gap));
    border: 1px solid var(--tandem-line);
    border-radius: 999px;
    background: var(--tandem-surface);
    box-shadow: var(--tandem-shadow);
  }

  .jump:hover:not(:disabled) {
    background: var(--tandem-surface-3);
  }

  .composer {
    flex: none;
    padding: var(--tandem-gap) calc(var(--tandem-gap) * 1.5);
    border-block-start: 1px solid var(--tandem-line);
  }

  .obstacle:not(:empty) {
    margin-block-end: 6px;
    padding: 4px 8px;
    border-radius: var(--tandem-radius);
    background: var(--tandem-warn-soft);
    color: var(--tandem-warn);
  }

  .write {
    display: flex;
    gap: var(--tandem-gap);
    align-items: flex-end;
  }

  textarea {
    flex: 1 1 auto;
    min-inline-size: 0;
    min-block-size: calc(1.4em + 16px);
    max-block-size: 9.5rem;
    padding-block: 7px;
    line-height: 1.4;
    field-sizing: content;
    resize: none;
    overflow-wrap: anywhere;
  }

  .write button {
    min-block-size: calc(1.4em + 16px);
  }

  textarea:disabled {
    background: var(--tandem-surface-2);
  }

  .count {
    margin-block-start: 4px;
    font-size: var(--lumo-font-size-xs);
    color: var(--tandem-muted);
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  .count.over {
    color: var(--tandem-bad);
  }

  @media (forced-colors: active) {
    .bubble {
      border-color: CanvasText;
    }
  }
`;

/** How the main area looks. */

import { css } from 'tandem/kit';

export const styles = css`
  :host {
    display: grid;
    grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
    block-size: 100%;
    container-type: inline-size;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 72px;
    padding: 8px 20px;
    background: var(--tandem-surface);
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  h1 {
    font-size: var(--lumo-font-size-xl);
    letter-spacing: -0.01em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .facts {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
    color: var(--tandem-muted);
    font-size: var(--lumo-font-size-s);
    white-space: nowrap;
  }
  .facts .address {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 1px 8px 1px 6px;
    border-radius: 10px;
    background: var(--tandem-surface-3);
    font-weight: 500;
    color: var(--tandem-text);
  }
  .state platform-timer {
    min-inline-size: 4ch;
    text-align: start;
    color: inherit;
  }
  .state svg {
    inline-size: 1em;
    block-size: 1em;
  }
  .state.ACTIVE {
    background: var(--tandem-good-soft);
    color: var(--tandem-good);
  }
  .state.RINGING {
    background: var(--tandem-accent-soft);
    color: var(--tandem-accent-text);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
  .strip {
    display: flex;
    align-items: stretch;
    gap: 4px;
    block-size: 40px;
    padding-inline: 12px;
    border-block-end: 1px solid var(--tandem-line);
    background: var(--tandem-surface);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tab {
    position: relative;
    display: flex;
    align-items: center;
    flex: none;
  }
  .tab > [role='tab'] {
    block-size: 100%;
    padding: 0 10px;
    border-radius: 6px 6px 0 0;
    background: transparent;
    color: var(--tandem-muted);
    outline-offset: -3px;
  }
  .tab > [role='tab']:hover {
    color: var(--tandem-text);
    background: transparent;
  }
  .tab.closable > [role='tab'] {
    padding-inline-end: 32px;
  }
  .tab > [aria-selected='true'] {
    color: var(--tandem-text);
    font-weight: 600;
  }
  .tab > [aria-selected='true']::after {
    content: '';
    position: absolute;
    inset: auto 8px 0;
    block-size: 3px;
    border-radius: 3px 3px 0 0;
    background: var(--tandem-accent);
  }
  /* Bold text is wider: an invisible bold twin keeps the strip still. */
  .label {
    display: grid;
  }
  .label > *,
  .label::after {
    grid-area: 1 / 1;
  }
  .label::after {
    content: attr(data-text);
    visibility: hidden;
    font-weight: 600;
    block-size: 0;
    overflow: hidden;
  }
  .tab.away .label {
    font-style: italic;
  }
  .tab .close {
    position: absolute;
    inset-inline-end: 4px;
    min-block-size: 24px;
    inline-size: 24px;
    color: var(--tandem-muted);
  }
  .tab .close svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .panels {
    min-block-size: 0;
    position: relative;
  }
  .panel {
    position: absolute;
    inset: 0;
    outline-offset: -2px;
  }
  .words {
    white-space: nowrap;
  }
  @container (max-width: 820px) {
    .fold .words {
      display: none;
    }
    .fold {
      padding: 0;
      inline-size: var(--lumo-size-m);
    }
  }
  @container (max-width: 620px) {
    .head {
      flex-wrap: wrap;
      padding: 10px 12px;
    }
    .actions {
      flex: 1 0 100%;
      justify-content: stretch;
    }
    .actions > :not(.fold) {
      flex: 1;
      padding-inline: 8px;
    }
    .actions > .finish {
      flex: none;
      padding: 0;
      inline-size: var(--lumo-size-m);
    }
    .finish .words {
      display: none;
    }
    .facts .state .words {
      display: none;
    }
    .facts .state {
      padding-inline-end: 6px;
    }
  }
`;

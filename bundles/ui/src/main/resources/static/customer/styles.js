/** Looks of the customer's page: one column, large enough to read when worried. */

import { css } from 'tandem/kit';

export const pageStyles = css`
  :host {
    --lumo-size-l: 3rem;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
    padding: 8px 16px;
    background: var(--tandem-surface);
    border-block-end: 1px solid var(--tandem-line);
    font-size: 1rem;
  }
  .brand {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    color: inherit;
    font-weight: 700;
    text-decoration: none;
    min-block-size: 40px;
  }
  .brand svg {
    color: var(--tandem-accent-text);
  }
  nav {
    display: flex;
    gap: 4px;
    flex: 1;
  }
  nav a {
    padding: 8px 10px;
    border-radius: var(--tandem-radius);
    color: var(--tandem-muted);
    text-decoration: none;
    font-weight: 500;
  }
  nav a:hover {
    background: var(--lumo-contrast-5pct);
  }
  nav a[aria-current] {
    color: var(--tandem-text);
    text-decoration: underline;
    text-decoration-thickness: 2px;
    text-decoration-color: var(--tandem-accent);
    text-underline-offset: 8px;
  }
  h1 + .lead {
    margin-block-start: 6px;
  }
  .lead {
    font-size: 1.0625rem;
  }
  form {
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  input.pin,
  input.name {
    min-block-size: 3.5rem;
    font-size: 1.25rem;
    padding-inline: 16px;
    border-radius: 8px;
  }
  input.pin {
    font-family: var(--tandem-mono);
    font-size: clamp(1.4rem, 7.4vw, 2rem);
    font-weight: 600;
    letter-spacing: 0.06em;
    text-align: center;
    padding-inline: 8px;
  }
  button.big,
  .button.big {
    min-block-size: 3.25rem;
    font-size: 1.125rem;
    inline-size: 100%;
    border-radius: 8px;
    white-space: normal;
  }
  .hint {
    margin-block-start: 6px;
    color: var(--tandem-muted);
    font-size: 1rem;
  }
  .with {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .face {
    inline-size: 3rem;
    block-size: 3rem;
    flex: none;
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: var(--tandem-accent-soft);
    color: var(--tandem-accent-text);
    font-weight: 700;
  }
  .with h1 {
    font-size: 1.25rem;
    overflow-wrap: anywhere;
  }
  .with p {
    color: var(--tandem-muted);
    font-size: 1rem;
  }
  .calm {
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding: 16px;
    border-radius: 10px;
    background: var(--tandem-accent-soft);
  }
  .calm p {
    text-wrap: pretty;
  }
  .calm p:empty {
    display: none;
  }
  .bars[hidden] {
    display: none;
  }
  .wait {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 14px 16px;
    border: 1px solid var(--tandem-warn);
    border-radius: 10px;
    background: var(--tandem-warn-soft);
  }
  .wait svg {
    color: var(--tandem-warn);
    font-size: 1.3rem;
  }
  .wait b {
    display: block;
    overflow-wrap: anywhere;
  }
  .wait .seconds {
    flex: none;
    white-space: nowrap;
    font-size: 1.25rem;
  }
  .panel {
    border: 1px solid var(--tandem-line);
    border-radius: 12px;
    background: var(--tandem-surface);
    overflow: hidden;
    display: flex;
    flex-direction: column;
  }
  .panel.stage {
    border: 0;
    background: none;
    overflow: visible;
  }
  .panel.side {
    block-size: clamp(340px, 56vh, 560px);
  }
  .panel.side:has(> [fits]) {
    block-size: auto;
  }
  .panel.side > h2 {
    font-size: 1.0625rem;
    padding: 14px 16px 10px;
    border-block-end: 1px solid var(--tandem-line);
  }
  .panel.side > :not(h2) {
    flex: 1;
    min-block-size: 0;
  }
  .notice {
    display: flex;
    gap: 10px;
    padding: 12px 14px;
    border-radius: 8px;
    background: var(--tandem-surface-3);
    color: var(--tandem-muted);
    font-size: 1rem;
  }
  .notice svg {
    margin-block-start: 3px;
  }
  .leave {
    align-self: flex-start;
  }
  .end {
    text-align: center;
    align-items: center;
  }
  .end .mark {
    font-size: 2.5rem;
    line-height: 1;
    color: var(--tandem-accent-text);
  }
  .bottom {
    padding: 12px 16px 20px;
    text-align: center;
    color: var(--tandem-muted);
    font-size: 0.9375rem;
  }
  .quietmark {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }

  .bar {
    position: sticky;
    inset-block-start: 0;
    z-index: 20;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    padding: 10px 16px;
    background: var(--tandem-bad-strong);
    color: #fff;
  }
  .bar.calm {
    background: var(--tandem-accent-soft);
    color: var(--tandem-text);
    border-block-end: 1px solid var(--tandem-line);
  }
  .bar ul {
    list-style: none;
    margin: 2px 0 0;
    padding: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
  }
  .bar li {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
  }
  .bar button.one {
    min-block-size: 2rem;
    padding-inline: 0.7em;
  }
  .bars {
    display: flex;
    flex-wrap: wrap;
    border-block-end: 1px solid var(--tandem-line);
    background: var(--tandem-surface);
  }
  .bars > * {
    flex: 1 1 auto;
  }
  .ask {
    border: 2px solid var(--tandem-accent);
    gap: 12px;
  }
  .ask:focus {
    outline: 2px solid var(--tandem-accent);
    outline-offset: 3px;
  }
  .ask h2 {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 1rem;
    color: var(--tandem-accent-text);
  }
  .ask .question {
    font-size: 1.25rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  #start-page h2 {
    display: flex;
    gap: 8px;
    align-items: center;
    font-size: 1.25rem;
  }
  .address {
    overflow-wrap: anywhere;
    font-weight: 600;
  }
  .answers {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .bar .live {
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    background: currentColor;
    flex: none;
    animation: pulse 2s ease-in-out infinite;
  }
  .bar .text {
    flex: 1 1 14rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .bar .text b {
    display: block;
  }
  .bar button {
    background: #fff;
    color: hsl(3, 76%, 38%);
    font-weight: 700;
    min-block-size: 2.75rem;
    padding-inline: 1.4em;
  }
  .bar button:hover:not(:disabled) {
    background: hsl(3, 60%, 94%);
  }
  .bar :focus-visible {
    outline-color: #fff;
    outline-offset: 2px;
  }
  .edge {
    position: fixed;
    inset: 0;
    border: 5px solid var(--tandem-bad-strong);
    pointer-events: none;
    z-index: 30;
  }
  @keyframes pulse {
    50% {
      opacity: 0.35;
    }
  }
  @media (width < 27rem) {
    .top {
      gap: 4px 8px;
    }
    nav {
      gap: 0;
    }
    nav a {
      padding-inline: 8px;
    }
    a.brand .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bar .live {
      animation: none;
    }
  }
`;

/**
 * What the modules use of Lit. The libraries come without declarations (their jars carry only the modules), and this says
 * no more than is needed, so that anything else stands out.
 */

declare module 'lit' {
  export interface TemplateResult {
    readonly _$litType$: number;
  }
  export interface CSSResult {
    readonly cssText: string;
  }
  export type CSSResultGroup = CSSResult | CSSStyleSheet | readonly CSSResultGroup[];
  export const nothing: unique symbol;
  export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
  export function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
  export function css(strings: TemplateStringsArray, ...values: (CSSResult | number)[]): CSSResult;
  export function render(value: unknown, container: HTMLElement | DocumentFragment): unknown;

  export interface PropertyDeclaration {
    attribute?: boolean | string;
    reflect?: boolean;
    state?: boolean;
    type?: unknown;
    hasChanged?(value: any, old: any): boolean;
  }

  export class LitElement extends HTMLElement {
    static properties: Record<string, PropertyDeclaration>;
    static styles?: CSSResultGroup;
    static finalizeStyles(styles?: CSSResultGroup): (CSSResult | CSSStyleSheet)[];
    readonly renderRoot: HTMLElement | ShadowRoot;
    readonly hasUpdated: boolean;
    readonly updateComplete: Promise<boolean>;
    createRenderRoot(): HTMLElement | ShadowRoot;
    connectedCallback(): void;
    disconnectedCallback(): void;
    requestUpdate(name?: string, old?: unknown): void;
    scheduleUpdate(): void | Promise<void>;
    willUpdate(changed: Map<string, unknown>): void;
    firstUpdated(changed: Map<string, unknown>): void;
    updated(changed: Map<string, unknown>): void;
    render(): unknown;
  }
}

declare module 'lit-html/static.js' {
  import type { TemplateResult } from 'lit';
  export interface StaticValue {
    readonly _$litStatic$: string;
  }
  export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
  export function unsafeStatic(value: string): StaticValue;
}

declare module 'lit-html/directives/repeat.js' {
  export function repeat<T>(
    items: Iterable<T>,
    key: (item: T, index: number) => unknown,
    template: (item: T, index: number) => unknown,
  ): unknown;
}

declare module 'lit-html/directives/class-map.js' {
  export function classMap(classes: Record<string, boolean | undefined>): unknown;
}

declare module 'lit-html/directives/live.js' {
  export function live(value: unknown): unknown;
}

declare module 'lit-html/directives/if-defined.js' {
  export function ifDefined<T>(value: T | undefined): T | unknown;
}

declare module 'lit-html/directives/ref.js' {
  export interface Ref<T extends Element = Element> {
    readonly value?: T;
  }
  export function createRef<T extends Element = Element>(): Ref<T>;
  export function ref(value: Ref<any> | ((element: Element | undefined) => void)): unknown;
}

declare module '*/qr-creator.es6.min.js' {
  /** Draws by the canvas's own 2D context, whatever that is. */
  const QrCreator: {
    render(
      config: { text: string; size: number; minVersion: number; maxVersion: number; ecLevel: 'L' | 'M' | 'Q' | 'H'; radius: number },
      canvas: HTMLCanvasElement,
    ): void;
  };
  export default QrCreator;
}

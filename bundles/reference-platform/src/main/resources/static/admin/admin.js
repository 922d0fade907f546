/** The Administration view of the desktop: settings of the site, sign-ins, features of the node, nodes, and what others bring. */

import { html, live, messages } from 'tandem/kit';
import { PlatformPages } from '../shared/pages.js';
import './features.js';
import './nodes.js';
import './settings.js';
import './sign-ins.js';

/** Further property: `turn`, which changes with everything that changes at the site's desktops. */
class PlatformAdmin extends PlatformPages {
  static messages = messages(import.meta.url);
  static properties = {
    ...PlatformPages.properties,
    turn: { type: Number },
    features: { state: true },
    slices: { state: true },
  };

  constructor() {
    super();
    this.turn = 0;
    /** @type {import('./features.js').View | undefined} */
    this.features = undefined;
    /** How often slices came and went, by their names. */
    this.slices = 0;
    this.active = '';
    /** @type {(() => void) | undefined} */
    this.leave = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.leave = live.subscribe('features/all', { message: (message) => this.told(message.body) });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leave?.();
    this.leave = undefined;
  }

  /** @param {import('./features.js').View} view */
  told(view) {
    this.features = view;
    const active = view.features
      .filter((f) => f.state === 'ACTIVE')
      .map((f) => f.name)
      .join(' ');
    if (active !== this.active) {
      this.active = active;
      this.slices++;
    }
  }

  get view() {
    return 'admin';
  }

  get heading() {
    return this.t('admin');
  }

  /** @returns {import('../shared/pages.js').Page[]} */
  get pages() {
    return [
      {
        id: 'settings',
        text: this.t('admin.settings'),
        icon: 'tools',
        content: () => html`<platform-settings .turn=${this.slices}></platform-settings>`,
      },
      {
        id: 'sign-ins',
        text: this.t('admin.signIns'),
        icon: 'users',
        content: () => html`<platform-sign-ins .turn=${this.turn}></platform-sign-ins>`,
      },
      {
        id: 'features',
        text: this.t('admin.features'),
        icon: 'panel',
        content: () => html`<platform-features .view=${this.features}></platform-features>`,
      },
      { id: 'nodes', text: this.t('admin.nodes'), icon: 'heart', content: () => html`<platform-nodes></platform-nodes>` },
    ];
  }
}
customElements.define('platform-admin', PlatformAdmin);

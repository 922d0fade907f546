/** Small notices of the agent's tab, and what it asks before something that cannot be taken back. */

import { html, icon, language } from 'tandem/kit';
import { panelTitle } from '../parts/panels.js';

/** @typedef {(key: string, args?: Record<string, string | number>) => string} Translate */

/** @param {Translate} t */
export function outdated(t) {
  return html`<div class="notice" role="status">
    ${icon('info')}<span>${t('outdated')}</span>
    <button class="small" @click=${() => location.reload()}>${t('reload')}</button>
  </div>`;
}

/**
 * @param {Translate} t
 * @param {import('../parts/panels.js').PanelInfo} panel that has just been taken away
 * @param {() => void} close
 */
export function removedPanel(t, panel, close) {
  return html`<div class="notice">
    ${icon('gone')}<span>${t('panel.removed', { name: panelTitle(panel, language()) })}</span>
    <button class="quiet small icon" aria-label=${t('close')} @click=${close}>${icon('close')}</button>
  </div>`;
}

/**
 * @param {object} what
 * @param {Translate} what.t
 * @param {'' | 'end' | 'renew' | 'remove'} what.asking
 * @param {string} what.talk
 * @param {string} what.name of the participant whom it is about
 * @param {() => void} what.no
 * @param {() => void} what.yes
 */
export function confirmation({ t, asking, talk, name, no, yes }) {
  const { title, text, label } = {
    end: { title: t('end.ask'), text: t('end.ask.text', { talk }), label: t('end') },
    renew: { title: t('renew.ask'), text: t('renew.ask.text'), label: t('renew') },
    remove: { title: t('remove.ask', { name }), text: t('remove.ask.text'), label: t('remove') },
  }[asking || 'renew'];
  return html`<tandem-dialog .open=${asking !== ''} heading=${title} @tandem-dismiss=${no}>
    ${text}
    <button slot="footer" @click=${no}>${t('cancel')}</button>
    <button slot="footer" class="primary ${asking === 'end' || asking === 'remove' ? 'danger' : ''}" @click=${yes}>${label}</button>
  </tandem-dialog>`;
}

/** The Monitor view of the desktop: the pages in which others show queues and colleagues. */

import { messages } from 'tandem/kit';
import { PlatformPages } from '../shared/pages.js';

class PlatformMonitor extends PlatformPages {
  static messages = messages(import.meta.url);

  get view() {
    return 'monitor';
  }

  get heading() {
    return this.t('monitor');
  }
}
customElements.define('platform-monitor', PlatformMonitor);

// Where else a window could go.

/** @returns {Promise<'granted' | 'denied' | 'prompt' | 'unknown'>} whether the browser lets us see the other monitors */
export async function seesMonitors() {
  if (!('getScreenDetails' in window)) {
    return 'unknown';
  }
  try {
    return (await navigator.permissions.query({ name: /** @type {any} */ ('window-management') })).state;
  } catch {
    return 'unknown';
  }
}

/** @returns {Promise<any>} another monitor than this one */
export async function otherMonitor() {
  try {
    const { screens, currentScreen } = await /** @type {any} */ (window).getScreenDetails();
    return screens.find((/** @type {any} */ one) => one !== currentScreen) ?? currentScreen;
  } catch {
    return thisMonitor();
  }
}

export function thisMonitor() {
  const { availLeft = 0, availTop = 0, availWidth, availHeight } = /** @type {any} */ (screen);
  return { availLeft, availTop, availWidth, availHeight };
}

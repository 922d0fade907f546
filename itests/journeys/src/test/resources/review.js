/**
 * What of a page's looks can be measured. Returns sentences, none for a sound page.
 *
 * A strip of tabs may scroll, and so may a table in its own box where the page is narrow; a customer's name may be cut, since it
 * stands in a title as well.
 */
() => {
  const findings = new Set();
  const width = document.documentElement.clientWidth;

  function* elements(root) {
    for (const element of root.children) {
      if (element.inert || element.hidden || element.tagName === 'DIALOG' && !element.open) {
        continue;
      }
      const style = getComputedStyle(element);
      if (style.display === 'none' || style.visibility === 'hidden') {
        continue;
      }
      yield [element, style];
      yield* elements(element.shadowRoot ?? element);
      if (element.shadowRoot) {
        yield* elements(element);
      }
    }
  }

  const words = (element) => {
    const text = (element.getAttribute?.('aria-label') ?? element.innerText ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
    return `<${element.localName}${element.className && typeof element.className === 'string' ? '.' + element.className.trim().replace(/\s+/g, '.') : ''}> ${text.slice(0, 60)}`;
  };
  const up = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;
  const within = (element, test) => {
    for (let one = element; one; one = up(one)) {
      if (test(one)) {
        return true;
      }
    }
    return false;
  };
  const strip = (element) => within(element, (one) => one.getAttribute('role') === 'tablist');
  // Twelve columns of numbers do not fit beside the list of pages at 1024.
  const table = (element) => width < 1100 && element.querySelector(':scope > table') !== null;
  const clipped = (element) => within(up(element), (one) => getComputedStyle(one).overflowX !== 'visible');

  if (document.documentElement.scrollWidth > width || document.body.scrollWidth > width) {
    const out = [...elements(document.body)].filter(([element]) => element.getBoundingClientRect().right > width + 1);
    findings.add(
      `the page is ${Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)} wide: ` +
        out.map(([element]) => words(element)).slice(-4).join(' / '),
    );
  }
  for (const [element, style] of elements(document.body)) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || style.clipPath === 'inset(50%)') {
      continue;
    }
    if (['auto', 'scroll'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && !strip(element) && !table(element) && element.localName !== 'textarea') {
      findings.add(`scrolls sideways (${element.scrollWidth} in ${element.clientWidth}): ${words(element)}`);
    }
    const control = element.matches('button, a, select, [role=tab], summary, label');
    if (control && box.right > width + 1 && !clipped(element)) {
      findings.add(`right of the fold (${Math.round(box.right)} of ${width}): ${words(element)}`);
    }
    const pinned = [...element.children].some((child) => getComputedStyle(child).position === 'absolute');
    if (control && !pinned && !element.matches('.item') && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2) && element.clientWidth > 0) {
      findings.add(`cut off (${element.scrollWidth}x${element.scrollHeight} in ${element.clientWidth}x${element.clientHeight}): ${words(element)}`);
    }
    if (control && !element.matches('.item')) {
      for (const part of element.querySelectorAll('span, b')) {
        const cut = getComputedStyle(part);
        if (cut.overflowX === 'hidden' && cut.clipPath !== 'inset(50%)' && part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1) {
          findings.add(`words cut off (${part.scrollWidth} in ${part.clientWidth}): ${words(element)}`);
        }
      }
    }
    const target = element.matches('button, a.button, select');
    if (target && (box.width < 23.5 || box.height < 23.5)) {
      findings.add(`smaller than 24 px (${Math.round(box.width)}x${Math.round(box.height)}): ${words(element)}`);
    }
  }
  return [...findings];
}

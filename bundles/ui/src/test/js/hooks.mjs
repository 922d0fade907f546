/** Lets modules that import the kit by its bare name run in Node, with a small stand-in for the kit. */

export async function resolve(specifier, context, next) {
  if (specifier === 'tandem/kit') {
    return { url: new URL('./kit-stub.mjs', import.meta.url).href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  // The modules of the bundle are ES modules, though no package.json says so.
  return next(url, url.endsWith('.js') ? { ...context, format: 'module' } : context);
}

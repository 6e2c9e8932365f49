// What bundled libraries use of Node's process. The bundler puts it into those that mention it.
export const process = {
  browser: true,
  env: {},
  version: '',
  nextTick(fn, ...args) {
    Promise.resolve().then(() => fn(...args))
  },
}

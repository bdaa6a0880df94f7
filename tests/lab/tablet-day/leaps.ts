/**
 * A clock that can be set ahead, for a simulated day: what waits in between falls due in its order, each at its own time.
 * Between two leaps it goes as the real one does.
 */

declare global {
  var leaps: {
    readonly aheadMs: () => number
    /** Resolves once everything that was due until then has been done. */
    readonly leapTo: (aheadMs: number) => Promise<void>
  }
}

/**
 * Puts such a clock in the place of `Date`, `performance.now` and all timers, before anything else runs. It is handed to pages,
 * too, so it stands alone: it names nothing of its file. A page that is loaded anew goes on where the last one was.
 */
export function installLeaps(startMs: number): void {
  type Waiting = { readonly run: () => void; readonly everyMs: number | null; dueMs: number }
  const isPage = 'document' in globalThis
  const storedUnder = 'aheadMs'
  const [later, stop] = [setTimeout, clearTimeout]
  const RealDate = Date
  const realNowMs = Date.now.bind(Date)
  const realUpMs = performance.now.bind(performance)
  const waiting = new Map<number, Waiting>()
  const firstMs = (isPage ? stored() : null) ?? startMs
  let aheadMs = firstMs
  let lastId = 0
  let isLeaping = false
  let driver: ReturnType<typeof setTimeout> | undefined

  const nowMs = () => realNowMs() + Math.round(aheadMs)
  const upMs = () => realUpMs() + aheadMs - firstMs

  function stored(): number | null {
    try {
      const said = sessionStorage.getItem(storedUnder)
      return said === null ? null : Number(said)
    } catch {
      // An empty page has none.
      return null
    }
  }

  function earliest(): [number, Waiting] | null {
    let found: [number, Waiting] | null = null
    for (const entry of waiting) if (!found || entry[1].dueMs < found[1].dueMs) found = entry
    return found
  }

  function arm(): void {
    stop(driver)
    const next = earliest()
    if (next) driver = later(pump, Math.max(0, next[1].dueMs - upMs()))
  }

  function pump(): void {
    for (let next = earliest(); next && next[1].dueMs <= upMs(); next = earliest()) fire(next)
    arm()
  }

  function fire([id, one]: [number, Waiting]): void {
    if (one.everyMs === null) waiting.delete(id)
    else one.dueMs = Math.max(one.dueMs + one.everyMs, upMs())
    try {
      one.run()
    } catch (error) {
      // As a timer's own error is: nobody's, and heard of.
      later(() => {
        throw error
      }, 0)
    }
  }

  function begin(run: () => void, ms: unknown, isRepeated: boolean): number {
    const waitMs = Math.max(1, Number(ms) || 0)
    lastId += 1
    waiting.set(lastId, { run, everyMs: isRepeated ? waitMs : null, dueMs: upMs() + waitMs })
    arm()
    return lastId
  }

  function handleOf(id: number): unknown {
    if (isPage) return id
    const handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      [Symbol.toPrimitive]: () => id,
      [Symbol.dispose]: () => void waiting.delete(id),
    }
    return handle
  }

  const starts =
    (isRepeated: boolean) =>
    (work: (...args: unknown[]) => void, ms?: unknown, ...args: unknown[]) =>
      handleOf(begin(() => work(...args), ms, isRepeated))
  const ends = (handle: unknown) => {
    if (handle !== undefined && handle !== null) waiting.delete(Number(handle))
  }

  const channel = isPage ? new MessageChannel() : null
  let heard = () => {}
  if (channel) channel.port1.onmessage = () => heard()

  /** Whatever was set off has its turn, and what arrived meanwhile. */
  const turn = () =>
    new Promise<void>((then) => {
      if (!channel) return setImmediate(then)
      heard = then
      channel.port2.postMessage(0)
    })

  async function leapTo(toMs: number): Promise<void> {
    isLeaping = true
    for (;;) {
      const next = earliest()
      if (!next || next[1].dueMs - realUpMs() + firstMs > toMs) break
      aheadMs = Math.max(aheadMs, next[1].dueMs - realUpMs() + firstMs)
      fire(next)
      await turn()
    }
    aheadMs = Math.max(aheadMs, toMs)
    isLeaping = false
    arm()
  }

  /** A sound that is struck in a leap is over in it: an hour of an alarm would otherwise be played in a second. */
  function shortenSounds(): void {
    const sources = AudioScheduledSourceNode.prototype
    const { start, stop: end } = sources
    const passed = new WeakSet<AudioScheduledSourceNode>()
    sources.start = function (when) {
      if (!isLeaping) return start.call(this, when)
      passed.add(this)
      later(() => this.dispatchEvent(new Event('ended')), 0)
    }
    sources.stop = function (when) {
      if (!passed.has(this)) end.call(this, when)
    }
  }

  Object.assign(RealDate, { now: nowMs })
  Object.assign(globalThis, {
    leaps: { aheadMs: () => aheadMs, leapTo },
    Date: new Proxy(RealDate, {
      construct: (target, args, as) => Reflect.construct(target, args.length === 0 ? [nowMs()] : args, as),
    }),
    setTimeout: starts(false),
    setInterval: starts(true),
    clearTimeout: ends,
    clearInterval: ends,
  })
  Object.defineProperty(performance, 'now', { value: upMs, configurable: true })
  if (!isPage) return
  shortenSounds()
  const real = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp')?.get
  Object.defineProperty(Event.prototype, 'timeStamp', {
    get() {
      return real?.call(this) + aheadMs - firstMs
    },
    configurable: true,
  })
  addEventListener('pagehide', () => sessionStorage.setItem(storedUnder, String(aheadMs)))
}

/** What can go wrong with a server while nobody looks: its disks, the certificate of its address, its clock. */
import { X509Certificate } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { isIP } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { connect } from 'node:tls'
import type { Tls } from '../config.ts'
import type { Life } from './alerts.ts'

/** How much is free where; null: the folder is not there, or its disk does not answer, which whoever writes there says. */
export function createDiskWatch() {
  /** Each hung question takes a thread of the few there are: nobody asks a second time before it is answered. */
  const asking = new Map<string, Promise<number | null>>()

  function ask(folder: string): Promise<number | null> {
    const asked = statfs(folder)
      .then(({ bavail, bsize }) => bavail * bsize)
      .catch(() => null)
      .finally(() => asking.delete(folder))
    asking.set(folder, asked)
    return asked
  }

  return {
    free: async (folder: string): Promise<number | null> =>
      await Promise.race([asking.get(folder) ?? ask(folder), wait(patienceMs, null, { ref: false })]),
  }
}

const patienceMs = 5_000

/** How long the certificate is good that people's browsers are shown; null: there is none, or nobody answers there. */
export async function httpsLife(origin: string, tls: Tls | null): Promise<Life | null> {
  if (tls) return lifeOf(new X509Certificate(tls.cert).validFrom, new X509Certificate(tls.cert).validTo)
  const url = new URL(origin)
  if (url.protocol !== 'https:') return null
  return await shownLife(url.hostname, Number(url.port || 443))
}

/** Only looked at, never believed: an authority of the hospital's own is not known here. */
function shownLife(host: string, port: number): Promise<Life | null> {
  return new Promise((resolve) => {
    const name = isIP(host) ? {} : { servername: host }
    const socket = connect({ host, port, ...name, rejectUnauthorized: false, timeout: patienceMs })
    const answer = (life: Life | null) => {
      socket.destroy()
      resolve(life)
    }
    socket.once('secureConnect', () => {
      const { valid_from, valid_to } = socket.getPeerCertificate()
      answer(lifeOf(valid_from, valid_to))
    })
    socket.once('timeout', () => answer(null))
    socket.once('error', () => answer(null))
  })
}

function lifeOf(from: string, to: string): Life | null {
  const [fromMs, endsMs] = [Date.parse(from), Date.parse(to)]
  return Number.isNaN(fromMs) || Number.isNaN(endsMs) ? null : { fromMs, endsMs }
}

/** How far this machine's clock is ahead of that address's; null: it does not say. To a second, as HTTP's dates are. */
export async function aheadOf(url: string, now: () => number): Promise<number | null> {
  try {
    const before = now()
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', cache: 'no-store', signal })
    const saidMs = Date.parse(answer.headers.get('date') ?? '')
    return Number.isNaN(saidMs) ? null : Math.round((before + now()) / 2 - (saidMs + 500))
  } catch {
    return null
  }
}

/** Compares the clock of the day with one that only runs: whoever sets the first gives themselves away. */
export function createClockWatch(now: () => number, running: () => number = () => performance.now()) {
  let [day, ran] = [now(), running()]
  return {
    /** How much it was set since the last look. */
    look(): number {
      const [nextDay, nextRan] = [now(), running()]
      const byMs = Math.round(nextDay - day - (nextRan - ran))
      day = nextDay
      ran = nextRan
      return byMs
    },
  }
}

/** What a tablet says behind the staff code: one sentence about each thing that a call, or whoever comes to mend it, needs. */
import { relayWays } from '../core/ways.ts'
import type { Bed } from '../state/bed.ts'
import type { SettingsPage } from '../state/settings-page.ts'
import { settings } from './texts/settings.ts'
import { placeOf, timeOf } from './words.ts'

export const codeWords = settings('code')
export const settingsWords = settings('page')
export const leaveWords = settings('leave')
const names = settings('names')
const server = settings('server')
const said = settings('said')

/** `plain`: it is neither well nor in need of anybody, or not known. */
export type SettingsLine = {
  readonly what: string
  readonly how: 'well' | 'trouble' | 'plain'
  readonly said: string
}

type Said = Omit<SettingsLine, 'what'>
type Seen = NonNullable<SettingsPage['seen']['value']>

const well = (words: string): Said => ({ how: 'well', said: words })
const trouble = (words: string): Said => ({ how: 'trouble', said: words })
const plain = (words: string): Said => ({ how: 'plain', said: words })

export function settingsLines(bed: Bed, page: SettingsPage): readonly SettingsLine[] {
  const seen = page.seen.value
  const lines: Record<(typeof lineNames)[number], Said> = {
    bed: placeSaid(bed),
    app: appSaid(seen, page.update.value),
    server: serverSaid(bed),
    relay: relaySaid(page),
    allowed: allowedSaid(seen),
    sound: bed.sound.value === 'on' ? well(said.soundOn) : trouble(said.soundBlocked),
    screen: screenSaid(bed),
    memory: memorySaid(seen),
    battery: batterySaid(seen),
    clock: clockSaid(bed),
  }
  return lineNames.map((name) => ({ what: names[name], ...lines[name] }))
}

const lineNames = [
  ...(['bed', 'app', 'server', 'relay', 'allowed'] as const),
  ...(['sound', 'screen', 'memory', 'battery', 'clock'] as const),
]

/** The end of its id, which the audit shows whole: the beginning is a time, and alike in tablets of one day. */
const shortIdChars = 8

function placeSaid({ identity }: Bed): Said {
  const mine = identity.value
  if (!mine) return trouble(said.noBed)
  const id = mine.deviceId.slice(-shortIdChars)
  return plain(said.bed({ place: placeOf(mine.label, mine.ward), id }))
}

function appSaid(seen: Seen | null, update: SettingsPage['update']['value']): Said {
  if (!seen?.build) return plain(said.appUnknown)
  const { build } = seen
  if (update === 'none') return plain(said.app({ build }))
  return plain(update === 'waits' ? said.appWaits({ build }) : said.appTaken({ build }))
}

function serverSaid({ readiness }: Bed): Said {
  const now = readiness.value
  if (now.type === 'unreachable') return trouble(server.unreachable({ time: timeOf(now.sinceMs) }))
  if (now.type === 'ready') return well(server.ready)
  return now.type === 'connecting' || now.type === 'updating'
    ? plain(server[now.type])
    : trouble(server[now.type])
}

function relaySaid({ ways }: SettingsPage): Said {
  const found = ways.value
  if (found === null) return plain(said.relayTried)
  const of = (state: 'open' | 'closed') =>
    relayWays
      .filter((way) => found[way] === state)
      .map((way) => way.toUpperCase())
      .join(', ')
  const [open, closed] = [of('open'), of('closed')]
  if (open === '' && closed === '') return plain(said.relayNone)
  if (closed === '') return well(said.relayOpen({ open }))
  return open === '' ? trouble(said.relayClosed) : trouble(said.relaySome({ open, closed }))
}

function allowedSaid(seen: Seen | null): Said {
  if (!seen) return plain(said.looking)
  const { camera, microphone } = seen
  if (camera === 'granted' && microphone === 'granted') return well(said.allowed)
  if (camera === 'unknown' && microphone === 'unknown') return plain(said.allowedUnknown)
  return trouble(said.notAllowed)
}

function screenSaid({ beside }: Bed): Said {
  return beside.awake.value === 'held' ? well(said.screenOn) : trouble(said.screenOff)
}

function memorySaid(seen: Seen | null): Said {
  if (!seen) return plain(said.looking)
  const { storage } = seen
  if (!storage) return plain(said.memoryUnknown)
  const full = { used: storage.usedMegabytes, quota: storage.quotaMegabytes }
  return storage.isKept ? well(said.memoryKept(full)) : trouble(said.memoryNotKept(full))
}

function batterySaid(seen: Seen | null): Said {
  if (!seen) return plain(said.looking)
  const { battery } = seen
  if (!battery) return plain(said.batteryUnknown)
  const { percent, isCharging } = battery
  return isCharging ? well(said.charging({ percent })) : trouble(said.draining({ percent }))
}

const minuteMs = 60_000

/** Exactly nought: the server was not heard on this page. */
function clockSaid({ requests }: Bed): Said {
  const aheadMs = requests.serverAheadMs()
  if (aheadMs === 0) return plain(said.clockUnknown)
  const minutes = Math.round(Math.abs(aheadMs) / minuteMs)
  if (minutes === 0) return well(said.clockRight)
  return trouble(aheadMs > 0 ? said.clockBehind({ minutes }) : said.clockAhead({ minutes }))
}

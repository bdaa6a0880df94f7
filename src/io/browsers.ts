/** Which browser this is, as far as its name says: which steps help in it, and whether it is an app that only shows pages. */
import type { Browser, BrowserKind, InApp } from '../state/visit-ports.ts'

/** By what each app writes into the name of its browser. The more particular stand first. */
const apps: readonly (readonly [RegExp, InApp])[] = [
  [/MessengerForiOS|Orca-Android|FB_IAB\/MESSENGER|MessengerLite/i, 'messenger'],
  [/Instagram/i, 'instagram'],
  [/FBAN|FBAV|FB_IAB/i, 'facebook'],
  [/WhatsApp/i, 'whatsapp'],
  [/GmailMobile|Gmail\//i, 'gmail'],
  [/\bGSA\//i, 'google'],
  [/Outlook-(iOS|Android)|OutlookMobile/i, 'outlook'],
  [/TeamsMobile|\bTeams\//i, 'teams'],
  [/\bLine\//i, 'line'],
  [/LinkedInApp/i, 'linkedin'],
  [/Snapchat/i, 'snapchat'],
  [/Telegram/i, 'telegram'],
  [/musical_ly|BytedanceWebview|TikTok/i, 'tiktok'],
  [/Twitter for|TwitterAndroid/i, 'twitter'],
  [/Viber/i, 'viber'],
  [/MicroMessenger/i, 'wechat'],
]

type Device = 'iPhone' | 'iPad' | 'Android' | 'Windows' | 'Mac' | 'ChromeOS' | 'Linux'

/** An iPad calls itself a Mac; a Mac has no touches. */
function deviceOf(agent: string, touches: number): Device {
  if (/iPhone|iPod/.test(agent)) return 'iPhone'
  if (/iPad/.test(agent) || (/Macintosh/.test(agent) && touches > 1)) return 'iPad'
  if (/Android/.test(agent)) return 'Android'
  if (/Windows/.test(agent)) return 'Windows'
  if (/Macintosh/.test(agent)) return 'Mac'
  return /CrOS/.test(agent) ? 'ChromeOS' : 'Linux'
}

const isApple = (device: Device) => device === 'iPhone' || device === 'iPad'

/** A page inside an app: it says so by its name, by `wv` on Android, or by not being Safari on an iPhone. */
export function inAppOf(agent: string, touches: number): InApp | null {
  const named = apps.find(([sign]) => sign.test(agent))
  if (named) return named[1]
  if (/; wv\)/.test(agent)) return 'app'
  const isBare = isApple(deviceOf(agent, touches)) && /AppleWebKit/.test(agent) && !/Safari\//.test(agent)
  return isBare ? 'app' : null
}

type Named = readonly [sign: RegExp, name: string, kind: (device: Device) => BrowserKind]

const onPhone =
  (phone: BrowserKind, desk: BrowserKind) =>
  (device: Device): BrowserKind => {
    if (isApple(device)) return 'chrome-ios'
    return device === 'Android' ? phone : desk
  }

/** The first that matches: many call themselves Chrome and Safari as well. */
const names: readonly Named[] = [
  [/SamsungBrowser\/(\d+)/, 'Samsung Internet', () => 'samsung'],
  [/(?:Edg|EdgA|EdgiOS)\/(\d+)/, 'Edge', onPhone('chrome-android', 'edge')],
  [/(?:OPR|OPT)\/(\d+)/, 'Opera', onPhone('chrome-android', 'chrome')],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox', onPhone('firefox-android', 'firefox')],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome', onPhone('chrome-android', 'chrome')],
  [/Version\/(\d+)[\d.]*.* Safari\//, 'Safari', (device) => (isApple(device) ? 'safari-ios' : 'safari-mac')],
]

/** `agent`: the browser's name for itself; `touches`: how many fingers its screen tells apart. */
export function browserOf(
  agent: string,
  touches: number,
): Pick<Browser, 'kind' | 'name' | 'inApp' | 'better'> {
  const device = deviceOf(agent, touches)
  const better = isApple(device) ? 'Safari' : 'Chrome'
  const inApp = inAppOf(agent, touches)
  for (const [sign, name, kind] of names) {
    const [, version] = agent.match(sign) ?? []
    if (version) return { kind: kind(device), name: `${name} ${version} on ${device}`, inApp, better }
  }
  return { kind: 'other', name: `Unknown on ${device}`, inApp, better }
}

/** Without these there is no call, whatever the browser's name. */
function callsOf(): Browser['calls'] {
  const isAble =
    typeof RTCPeerConnection === 'function' &&
    'mediaDevices' in navigator &&
    typeof navigator.mediaDevices?.getUserMedia === 'function' &&
    globalThis.crypto?.subtle !== undefined
  return isAble ? 'able' : 'unable'
}

export function thisBrowser(): Browser {
  return { ...browserOf(navigator.userAgent, navigator.maxTouchPoints), calls: callsOf() }
}

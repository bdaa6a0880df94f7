import { expect, test } from 'vitest'
import { browserOf, inAppOf } from '../../src/io/browsers.ts'

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const android = 'Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko)'
const webView = `Mozilla/5.0 (Linux; Android 14; SM-A546B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36`
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'

test.each([
  [`${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/489.0.0.40.103;FBBV/663;FBDV/iPhone14,5]`, 'facebook'],
  [`${webView} [FB_IAB/FB4A;FBAV/489.0.0.50.73;]`, 'facebook'],
  [`${iphone} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/485.0]`, 'messenger'],
  [`${webView} [FB_IAB/Orca-Android;FBAV/486.0]`, 'messenger'],
  [`${iphone} Mobile/15E148 Instagram 358.0.0.30.100 (iPhone14,5; iOS 18_1; fi_FI)`, 'instagram'],
  [`${webView} Instagram 358.0.0.51.97 Android`, 'instagram'],
  [`${iphone} Mobile/15E148 Safari Line/14.19.0`, 'line'],
  [`${iphone} GSA/343.0.695551749 Mobile/15E148 Safari/604.1`, 'google'],
  [`${webView} WhatsApp/2.24.24`, 'whatsapp'],
  [`${iphone} Mobile/15E148 MicroMessenger/8.0.53`, 'wechat'],
  [`${iphone} Mobile/15E148 BytedanceWebview/d8a21c6 musical_ly_37.0.0`, 'tiktok'],
  [`${iphone} Mobile/15E148 Twitter for iPhone/10.69`, 'twitter'],
  [`${iphone} Mobile/15E148 [LinkedInApp]/9.30.2`, 'linkedin'],
  [`${iphone} Mobile/15E148 Snapchat/13.17.0.41`, 'snapchat'],
  [`${webView} Telegram-Android/11.4.2 (Samsung SM-A546B; Android 14)`, 'telegram'],
  [
    `${windows} AppleWebKit/537.36 (KHTML, like Gecko) Teams/24295.605 Chrome/130.0.0.0 Safari/537.36`,
    'teams',
  ],
  [webView, 'app'],
  [`${iphone} Mobile/15E148`, 'app'],
] as const)('[OUT-2] an app that shows a page by itself is known by its name: %s', (agent, inApp) => {
  expect(inAppOf(agent, 5)).toBe(inApp)
})

test.each([
  [`${iphone} Version/18.1 Mobile/15E148 Safari/604.1`, 5, 'safari-ios', 'Safari 18 on iPhone'],
  [`${mac} Version/18.1 Safari/605.1.15`, 5, 'safari-ios', 'Safari 18 on iPad'],
  [`${mac} Version/18.1 Safari/605.1.15`, 0, 'safari-mac', 'Safari 18 on Mac'],
  [`${iphone} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1`, 5, 'chrome-ios', 'Chrome 131 on iPhone'],
  [`${iphone} FxiOS/133.0 Mobile/15E148 Safari/605.1.15`, 5, 'chrome-ios', 'Firefox 133 on iPhone'],
  [`${android} Chrome/131.0.0.0 Mobile Safari/537.36`, 5, 'chrome-android', 'Chrome 131 on Android'],
  [
    `${android} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
    5,
    'samsung',
    'Samsung Internet 27 on Android',
  ],
  [
    'Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0',
    5,
    'firefox-android',
    'Firefox 133 on Android',
  ],
  [
    `${windows} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36`,
    0,
    'chrome',
    'Chrome 131 on Windows',
  ],
  [
    `${windows} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51`,
    0,
    'edge',
    'Edge 131 on Windows',
  ],
  [`${windows.slice(0, -1)}; rv:133.0) Gecko/20100101 Firefox/133.0`, 0, 'firefox', 'Firefox 133 on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 0, 'other', 'Unknown on Linux'],
] as const)('a browser of its own is told by what helps in it: %s', (agent, touches, kind, name) => {
  expect(browserOf(agent, touches)).toMatchObject({ kind, name, inApp: null })
})

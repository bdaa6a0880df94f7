/** What every answer tells the browser to refuse: foreign code, text as code, frames, devices we do not use. */

/** Features we use are ours alone, those that could spy are nobody's; only names that Chromium knows (it warns). */
const permissions = [
  ...[
    'camera',
    'microphone',
    'screen-wake-lock',
    'fullscreen',
    'publickey-credentials-create',
    'publickey-credentials-get',
  ].map((feature) => `${feature}=(self)`),
  ...[
    'accelerometer',
    'display-capture',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'magnetometer',
    'midi',
    'payment',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
]

/** A browser that was once here by https comes by nothing else for a year (RFC 6797). */
const httpsOnly = { 'strict-transport-security': 'max-age=31536000' }

export function securityHeaders(origin: string): Record<string, string> {
  // Safari before 15.4 does not count our own WebSocket as 'self', so it is named.
  const socketOrigin = origin.replace(/^http/, 'ws')
  return {
    'content-security-policy': [
      "default-src 'none'",
      // What decodes a scan is WebAssembly of our own origin; this lets it be compiled, and no text become code (CSP 3, 6.1.10).
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "img-src 'self'",
      "media-src 'self'",
      `connect-src 'self' ${socketOrigin}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      // No string becomes markup or code; the one policy, in io/script-address.ts, lets the addresses of our workers pass.
      "require-trusted-types-for 'script'",
      'trusted-types bedside',
    ].join('; '),
    'permissions-policy': permissions.join(', '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(origin.startsWith('https:') ? httpsOnly : {}),
  }
}

/** What every answer tells the browser to refuse: foreign code, frames, devices we do not use, guessing types. */

/** Features we use are ours alone, those that could spy are nobody's. */
const permissions = [
  ...['camera', 'microphone', 'screen-wake-lock', 'fullscreen'].map((feature) => `${feature}=(self)`),
  ...[
    'accelerometer',
    'bluetooth',
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

export function securityHeaders(origin: string): Record<string, string> {
  // Safari before 15.4 does not count our own WebSocket as 'self', so it is named.
  const socketOrigin = origin.replace(/^http/, 'ws')
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob: data:",
      "media-src 'self' blob:",
      `connect-src 'self' ${socketOrigin}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'permissions-policy': permissions.join(', '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  }
}

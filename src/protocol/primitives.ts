/** The words everything on the wire is built from, each with its largest size, so that no field is unbounded. */
import * as v from 'valibot'

/** The one version of the wire. A client that speaks another is closed with 4426 and fetches the new app. */
export const protocolVersion = 10

/** Largest WebSocket frame either side accepts, in bytes (also `maxPayload` of the server's `ws`). */
export const maxFrameBytes = 65_536

/** A client-made id (UUID by `crypto.randomUUID`), or a server-made one of the same alphabet. */
export const id = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,64}$/))

/** A person's or a ward's name as shown on a screen. */
export const name = v.pipe(v.string(), v.minLength(1), v.maxLength(80))

/** A bed's bare label: `1`, `12A`. */
export const bedLabel = v.pipe(v.string(), v.regex(/^[0-9A-Za-z-]{1,8}$/))

/** A ward has few enough beds to be seen on one board. */
export const mostBeds = 96

/** A room as the ward calls it: `12`, `B 3`. */
export const roomName = v.pipe(v.string(), v.minLength(1), v.maxLength(16))

/** One of several wards on one board: `Ward 4A`. */
export const areaName = v.pipe(v.string(), v.minLength(1), v.maxLength(24))

export const counter = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Milliseconds since 1970 (UTC) or a duration in milliseconds; the field's name says which. */
export const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(8.64e15))

/** Unpadded base64url (RFC 4648 §5), at most `length` characters. */
export const base64url = (length: number) =>
  v.pipe(v.string(), v.maxLength(length), v.regex(/^[0-9A-Za-z_-]+$/))

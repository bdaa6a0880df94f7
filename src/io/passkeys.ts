/** Passkeys of this browser; their code is fetched when somebody first uses one. */
import type { NewPasskey, UsedPasskey } from '../protocol/sign-in.ts'
import type { PasskeyFailure, PasskeyPort, Result } from '../state/ports.ts'

type Library = typeof import('@simplewebauthn/browser')

async function tried<T>(act: (library: Library) => Promise<T>): Promise<Result<T, PasskeyFailure>> {
  try {
    return { ok: true, value: await act(await import('@simplewebauthn/browser')) }
  } catch (error) {
    return { ok: false, failure: failureOf(error) }
  }
}

/** The library keeps the browser's name for an error, whether it knows more about it or not. */
function failureOf(error: unknown): PasskeyFailure {
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') return 'passkey-known'
  return name === 'NotAllowedError' || name === 'AbortError' ? 'passkey-cancelled' : 'passkey-failed'
}

export const browserPasskeys: PasskeyPort = {
  supported: () => typeof PublicKeyCredential === 'function',
  make: (options) =>
    tried(async ({ startRegistration }) => {
      const optionsJSON = options as Parameters<Library['startRegistration']>[0]['optionsJSON']
      return (await startRegistration({ optionsJSON })) as NewPasskey
    }),
  use: (options) =>
    tried(async ({ startAuthentication }) => {
      const optionsJSON = options as Parameters<Library['startAuthentication']>[0]['optionsJSON']
      return (await startAuthentication({ optionsJSON })) as UsedPasskey
    }),
}

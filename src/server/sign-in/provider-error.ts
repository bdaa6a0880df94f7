/** Why the provider was of no use, in three words that the rest of signing in can act on. */
import { errors } from 'jose'
import { ClientError, ResponseBodyError } from 'openid-client'

/**
 * `down`: it does not answer, or not in time. `clock`: its clock and ours are too far apart. `refused`: it, or what it
 * says, is not acceptable; asking again changes nothing.
 */
export class ProviderError extends Error {
  readonly why: 'down' | 'clock' | 'refused'

  constructor(why: ProviderError['why'], cause?: unknown) {
    super(`the sign-in provider: ${why}`, { cause })
    this.name = 'ProviderError'
    this.why = why
  }
}

/** Runs what speaks to the provider; whatever it throws comes out as a ProviderError. */
export async function guarded<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    throw asProviderError(error)
  }
}

/** An error of the network or of the provider's own (5xx) passes; what the provider or its token says does not. */
function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof ResponseBodyError)
    return new ProviderError(error.status >= 500 ? 'down' : 'refused', error)
  if (error instanceof errors.JWKSTimeout || isKeysTrouble(error)) return new ProviderError('down', error)
  if (error instanceof errors.JWTExpired || isTimestamp(error)) return new ProviderError('clock', error)
  if (error instanceof ClientError) {
    const { code } = error
    if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return new ProviderError('down', error)
    if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON')
      return new ProviderError('down', error)
    return new ProviderError('refused', error)
  }
  // Node's fetch throws a TypeError with a cause when nobody answers.
  if (error instanceof TypeError && error.cause !== undefined) return new ProviderError('down', error)
  return new ProviderError('refused', error)
}

/** jose's own class without a code of its own: the keys' address answered something else than keys. */
function isKeysTrouble(error: unknown): boolean {
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC'
}

function isTimestamp(error: unknown): boolean {
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'nbf' || error.claim === 'iat'
  return error instanceof ClientError && error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'
}

/** The one Trusted Types policy there is: which addresses may become scripts of a worker. */

type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string }
}

/** The service worker, and those of the journal, of scans and of PDFs as the build names them. */
const allowed = /^\/(sw\.js(\?build=[0-9a-f]{12})?|assets\/(plan-journal|scan|scan-pdf)-worker-[\w-]+\.js)$/

function pass(address: string): string {
  if (!allowed.test(address)) throw new TypeError('This address may not become a script.')
  return address
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
const policy = trustedTypes?.createPolicy('bedside', { createScriptURL: pass })

/** `address` as a script; browsers without Trusted Types take it as it is. Throws when it may not be one. */
export function scriptAddress(address: string): string {
  return policy?.createScriptURL(address) ?? pass(address)
}

/** A passkey inside a browser that nobody touches: a virtual authenticator which verifies its person by itself. */
import type { Page } from 'playwright'

export type Authenticator = {
  /** Another device of the same person gets the passkeys of this one, as their vendor carries them over. */
  copyTo(page: Page): Promise<void>
}

export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const { cdp, authenticatorId } = await added(page)
  return {
    async copyTo(other) {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
      const there = await added(other)
      for (const credential of credentials)
        await there.cdp.send('WebAuthn.addCredential', { authenticatorId: there.authenticatorId, credential })
    },
  }
}

async function added(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { cdp, authenticatorId }
}

/** Without a passkey there is no way back in, and so no lock. The dialog that says it is ready stays open. */
export async function makePasskey(page: Page): Promise<Authenticator> {
  const authenticator = await addAuthenticator(page)
  await page.getByRole('button', { name: 'Your passkey' }).click()
  await page.getByRole('button', { name: 'Make a passkey on this device' }).click()
  await page.getByText('The passkey is ready.').waitFor()
  return authenticator
}

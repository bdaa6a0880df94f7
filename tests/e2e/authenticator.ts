/** A passkey inside a browser that nobody touches: a virtual authenticator which verifies its person by itself. */
import type { Page } from 'playwright'

export async function addAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Without a passkey there is no way back in, and so no lock. The dialog that says it is ready stays open. */
export async function makePasskey(page: Page): Promise<void> {
  await addAuthenticator(page)
  await page.getByRole('button', { name: 'Your passkey' }).click()
  await page.getByRole('button', { name: 'Make a passkey on this device' }).click()
  await page.getByText('The passkey is ready.').waitFor()
}

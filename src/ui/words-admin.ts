/** What the administrator's pages say. */

export const adminTitle = 'Administration'
export const noSections = {
  said: 'There is nothing here for your role.',
  todo: 'The ward’s board is at the station.',
}

export const staffWords = {
  title: 'Staff',
  name: 'Name',
  role: 'Role',
  roleOf: (name: string) => `Role of ${name}`,
  account: 'Signs in',
  acts: 'Change',
  add: 'Invite',
  invite: 'New link',
  inviteWho: (name: string) => `New link for ${name}`,
  disable: 'Close account',
  enable: 'Open account',
  switchWho: (name: string, way: 'on' | 'off') => `${way === 'on' ? 'Open' : 'Close'} the account of ${name}`,
  linkFor: (name: string) => `Link for ${name}`,
  linkMeans: (time: string) =>
    `It works once, until ${time} the day after tomorrow, and is not shown again. The way they signed in before stops working when it is used.`,
  linkDone: 'I have passed it on',
  qr: 'The link as a QR code',
  accounts: {
    passkey: 'With a passkey',
    password: 'With a password',
    invited: 'Invited',
    none: 'By a printed link only',
    provider: 'With the hospital account',
    disabled: 'Account closed',
  },
  conflict: {
    said: 'That cannot be done.',
    todo: 'The name is taken, or the hospital’s sign-in decides about this person, or it is yourself.',
  },
}

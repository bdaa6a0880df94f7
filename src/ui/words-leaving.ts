/** What is said where a plan is kept: before unsent changes are deleted, and where there is no server. */

const changes = (count: number) => (count === 1 ? '1 change has' : `${count} changes have`)

export const leavingWords = {
  title: 'Sign out',
  unsent: (count: number) => `${changes(count)} not been sent.`,
  meaning:
    'They are kept on this device only. If you sign out now, they are deleted and nobody will see them.',
  stay: 'Stay signed in',
  leave: 'Sign out and delete them',
}

export function othersWord(count: number): string {
  const whose = count === 1 ? '1 change of somebody else waits' : `${count} changes of somebody else wait`
  return `${whose} on this device to be sent. They are sent when that person signs in here again.`
}

export const rememberedWords = {
  said: 'The server cannot be reached.',
  todo: 'The beds and calls come back with it. The plan is as it was when the server was last heard.',
  locked: 'Unlocking needs the server. Until it can be reached, nothing is shown here.',
}

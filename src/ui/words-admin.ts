/** What the administrator's pages say. */
import { signInFirst } from './words-station.ts'

export const adminTitle = 'Administration'
export const noSections = {
  said: 'There is nothing here for your role.',
  todo: 'The ward’s board is at the station.',
}
export { signInFirst }

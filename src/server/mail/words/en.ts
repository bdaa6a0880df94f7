/** Letters to outpatients, who may never have heard of a video visit: what it is, when, and what to do, and nothing of why. */
const words = {
  /** A tag for dates and times; British, so that days stand before months and clocks have 24 hours. */
  locale: 'en-GB',
  at: (date: string, time: string) => `${date}, ${time}`,
  subject: {
    invitation: (ward: string) => `Your video visit with ${ward}`,
    update: (ward: string) => `New time for your video visit with ${ward}`,
    cancellation: (ward: string) => `Cancelled: your video visit with ${ward}`,
    'reminder-day': (ward: string) => `Reminder: your video visit with ${ward}`,
    'reminder-soon': (ward: string) => `You can come in now: your video visit with ${ward}`,
    'new-link': (ward: string) => `New link for your video visit with ${ward}`,
  },
  hello: (name: string) => `Hello ${name},`,
  lead: {
    invitation: (ward: string) =>
      `You are invited to a video visit with ${ward}: a call with picture and sound.`,
    update: (ward: string) => `Your video visit with ${ward} has changed. This is the time that counts now:`,
    cancellation: (ward: string) =>
      `Your video visit with ${ward} will not take place. You need not do anything.`,
    'reminder-day': (ward: string) => `This is a reminder of your video visit with ${ward}.`,
    /** True before the time and after it: on a bad day it is sent late. */
    'reminder-soon': (ward: string) => `You can come in now to your video visit with ${ward}.`,
    'new-link': (ward: string) =>
      `Here is a new link to your video visit with ${ward}. Earlier links no longer work.`,
  },
  when: 'Time',
  /** The same moment by the other clock. */
  atHospital: 'At the hospital',
  link: 'Your link',
  todo: [
    'Open the link 10 minutes before the time, on a phone, tablet or computer with a camera. You need no app and no account; we ask for your date of birth.',
    'With the same link you can test your camera and sound at any time before.',
    'The link is for you alone: please do not pass it on.',
  ],
  phone: (phone: string) => `If it does not work, or if you cannot come, please ring ${phone}.`,
  notYou: (phone: string | null) =>
    phone === null
      ? 'If this message is not for you, please tell us and delete it.'
      : `If this message is not for you, please tell us at ${phone} and delete it.`,
  automatic: 'This message was sent by itself; answers to it may not be read.',
  /** Of the entry in a calendar. */
  entry: (ward: string) => `Video visit: ${ward}`,
  /** To whoever is not the patient, or not any more: no name and no place. */
  withdrawn: {
    subject: 'An invitation that is no longer for this address',
    lines: [
      'An invitation to a video visit that was sent to this address was a mistake, or is no longer for it. It is withdrawn, and its link leads nowhere any more.',
      'You need not do anything. Please delete the earlier messages; a calendar may have removed its entry by itself.',
    ],
    entry: 'Withdrawn',
  },
  /** Text messages: short, and without a name. */
  sms: {
    invitation: (ward: string, when: string, link: string) =>
      `${ward}: you are invited to a video visit, ${when}. Open this link 10 minutes before: ${link}`,
    update: (ward: string, when: string, link: string) =>
      `${ward}: your video visit has a new time, ${when}. Open this link 10 minutes before: ${link}`,
    cancellation: (ward: string, when: string) =>
      `${ward}: your video visit (${when}) will not take place. You need not do anything.`,
    'reminder-soon': (ward: string, when: string, link: string) =>
      `${ward}: you can come in now to your video visit (${when}): ${link}`,
  },
}

export type LetterWords = typeof words
export default words

/** Suomi. Potilaita teititellään; osaston nimeä ei taivuteta, koska se voi olla mikä tahansa. */
import type { LetterWords } from './en.ts'

const words: LetterWords = {
  locale: 'fi-FI',
  at: (date, time) => `${date} klo ${time}`,
  subject: {
    invitation: (ward) => `Kutsu videovastaanotolle: ${ward}`,
    update: (ward) => `Videovastaanoton uusi aika: ${ward}`,
    cancellation: (ward) => `Peruttu videovastaanotto: ${ward}`,
    'reminder-day': (ward) => `Muistutus videovastaanotosta: ${ward}`,
    'reminder-soon': (ward) => `Voitte tulla nyt videovastaanotolle: ${ward}`,
    'new-link': (ward) => `Uusi linkki videovastaanotolle: ${ward}`,
  },
  hello: (name) => `Hei ${name},`,
  lead: {
    invitation: (ward) => `teidät on kutsuttu videovastaanotolle (${ward}): puheluun, jossa on kuva ja ääni.`,
    update: (ward) => `videovastaanottonne (${ward}) on muuttunut. Tämä aika on nyt voimassa:`,
    cancellation: (ward) => `videovastaanottonne (${ward}) on peruttu. Teidän ei tarvitse tehdä mitään.`,
    'reminder-day': (ward) => `muistutamme videovastaanotostanne (${ward}).`,
    'reminder-soon': (ward) => `voitte tulla nyt videovastaanotolle (${ward}).`,
    'new-link': (ward) =>
      `tässä on uusi linkki videovastaanotollenne (${ward}). Aiemmat linkit eivät enää toimi.`,
  },
  when: 'Aika',
  atHospital: 'Sairaalan kello',
  link: 'Linkkinne',
  todo: [
    'Avatkaa linkki 10 minuuttia ennen aikaa puhelimella, tabletilla tai tietokoneella, jossa on kamera. Ette tarvitse sovellusta ettekä tunnuksia; kysymme syntymäaikaanne.',
    'Samalla linkillä voitte kokeilla kameraa ja ääntä milloin tahansa etukäteen.',
    'Linkki on vain teille: älkää antako sitä muille.',
  ],
  phone: (phone) => `Jos se ei toimi tai ette pääse tulemaan, soittakaa numeroon ${phone}.`,
  notYou: (phone) =>
    phone === null
      ? 'Jos tämä viesti ei ole teille, kertokaa siitä meille ja poistakaa viesti.'
      : `Jos tämä viesti ei ole teille, kertokaa siitä meille numeroon ${phone} ja poistakaa viesti.`,
  automatic: 'Tämä viesti lähetettiin automaattisesti; siihen tulleita vastauksia ei välttämättä lueta.',
  entry: (ward) => `Videovastaanotto: ${ward}`,
  withdrawn: {
    subject: 'Kutsu ei enää koske tätä osoitetta',
    lines: [
      'Tähän osoitteeseen lähetetty kutsu videovastaanotolle oli virhe tai ei enää koske tätä osoitetta. Kutsu on peruttu, eikä sen linkki enää toimi.',
      'Teidän ei tarvitse tehdä mitään. Poistakaa aiemmat viestit; kalenteri on ehkä jo poistanut merkintänsä.',
    ],
    entry: 'Peruttu',
  },
  sms: {
    invitation: (ward, when, link) =>
      `${ward}: teidät on kutsuttu videovastaanotolle ${when}. Avatkaa tämä linkki 10 minuuttia ennen: ${link}`,
    update: (ward, when, link) =>
      `${ward}: videovastaanottonne uusi aika on ${when}. Avatkaa tämä linkki 10 minuuttia ennen: ${link}`,
    cancellation: (ward, when) =>
      `${ward}: videovastaanottonne (${when}) on peruttu. Teidän ei tarvitse tehdä mitään.`,
    'reminder-soon': (ward, when, link) => `${ward}: voitte tulla nyt videovastaanotolle (${when}): ${link}`,
  },
}

export default words

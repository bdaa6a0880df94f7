/** The words of the downtime sheet, in every language that a ward may speak. */
import type { Language } from '../../core/languages.ts'
import type { RequestReason } from '../../protocol/request.ts'

export type SheetWords = {
  readonly title: string
  readonly asOf: string
  readonly warning: string
  readonly requests: string
  readonly noRequests: string
  readonly requestHeads: readonly string[]
  readonly reasons: Readonly<Record<RequestReason, string>>
  readonly unseen: string
  readonly beds: string
  readonly noBeds: string
  readonly bedHeads: readonly string[]
  readonly free: string
  readonly duties: string
  readonly noDuties: string
  readonly dutyHeads: readonly string[]
  readonly nobody: string
  readonly today: string
  readonly tomorrow: string
  readonly nothing: string
  readonly planHeads: readonly string[]
  readonly uncertain: string
}

export const sheetWords: Readonly<Record<Language, SheetWords>> = {
  en: {
    title: 'Downtime sheet',
    asOf: 'As of',
    warning:
      'What happened after this time is not on it. Ask who lies in a bed before you act. Shred it after use: it names patients.',
    requests: 'Open requests',
    noRequests: 'Nobody was asking for anything.',
    requestHeads: ['Bed', 'Asks for', 'Since', 'Seen by'],
    reasons: { water: 'Water', pain: 'Pain', toilet: 'Toilet', question: 'Question', other: 'Other' },
    unseen: 'NOBODY YET',
    beds: 'Beds',
    noBeds: 'The ward has no beds.',
    bedHeads: ['Bed', 'Patient', 'Born', 'Number', 'Cared for by'],
    free: '(free)',
    duties: 'On duty',
    noDuties: 'The ward has no duties.',
    dutyHeads: ['Duty', 'Who'],
    nobody: 'NOBODY',
    today: 'Today',
    tomorrow: 'Tomorrow',
    nothing: 'Nothing is planned.',
    planHeads: ['Time', 'Bed', 'What', 'Who'],
    uncertain: 'not confirmed',
  },
  fi: {
    title: 'Katkospaperi',
    asOf: 'Tilanne',
    warning:
      'Tämän jälkeen tapahtunut ei näy tässä. Varmista aina, kuka vuoteessa on. Tuhoa silppurissa: tässä on potilaiden nimiä.',
    requests: 'Avoimet pyynnöt',
    noRequests: 'Kukaan ei ollut pyytänyt mitään.',
    requestHeads: ['Vuode', 'Pyytää', 'Alkaen', 'Nähnyt'],
    reasons: { water: 'Vettä', pain: 'Kipu', toilet: 'Vessa', question: 'Kysymys', other: 'Muu asia' },
    unseen: 'EI VIELÄ KUKAAN',
    beds: 'Vuoteet',
    noBeds: 'Osastolla ei ole vuoteita.',
    bedHeads: ['Vuode', 'Potilas', 'Syntynyt', 'Numero', 'Hoitaa'],
    free: '(vapaa)',
    duties: 'Päivystäjät',
    noDuties: 'Osastolla ei ole päivystysvuoroja.',
    dutyHeads: ['Tehtävä', 'Kuka'],
    nobody: 'EI KUKAAN',
    today: 'Tänään',
    tomorrow: 'Huomenna',
    nothing: 'Mitään ei ole suunniteltu.',
    planHeads: ['Aika', 'Vuode', 'Mitä', 'Kuka'],
    uncertain: 'vahvistamatta',
  },
  sv: {
    title: 'Avbrottsblad',
    asOf: 'Läget',
    warning:
      'Det som hänt efter denna tid står inte här. Fråga vem som ligger i sängen innan du gör något. Strimla bladet efteråt: det nämner patienter.',
    requests: 'Öppna önskemål',
    noRequests: 'Ingen bad om något.',
    requestHeads: ['Säng', 'Ber om', 'Sedan', 'Sett av'],
    reasons: { water: 'Vatten', pain: 'Smärta', toilet: 'Toalett', question: 'Fråga', other: 'Annat' },
    unseen: 'INGEN ÄNNU',
    beds: 'Sängar',
    noBeds: 'Avdelningen har inga sängar.',
    bedHeads: ['Säng', 'Patient', 'Född', 'Nummer', 'Vårdas av'],
    free: '(ledig)',
    duties: 'I tjänst',
    noDuties: 'Avdelningen har inga jouruppdrag.',
    dutyHeads: ['Uppdrag', 'Vem'],
    nobody: 'INGEN',
    today: 'I dag',
    tomorrow: 'I morgon',
    nothing: 'Inget är planerat.',
    planHeads: ['Tid', 'Säng', 'Vad', 'Vem'],
    uncertain: 'inte bekräftat',
  },
  nl: {
    title: 'Noodblad bij uitval',
    asOf: 'Stand van',
    warning:
      'Wat daarna gebeurde staat er niet op. Vraag wie er in het bed ligt voordat u iets doet. Versnipper het na gebruik: er staan patiënten op.',
    requests: 'Open verzoeken',
    noRequests: 'Niemand vroeg om iets.',
    requestHeads: ['Bed', 'Vraagt om', 'Sinds', 'Gezien door'],
    reasons: { water: 'Water', pain: 'Pijn', toilet: 'Toilet', question: 'Vraag', other: 'Iets anders' },
    unseen: 'NOG NIEMAND',
    beds: 'Bedden',
    noBeds: 'De afdeling heeft geen bedden.',
    bedHeads: ['Bed', 'Patiënt', 'Geboren', 'Nummer', 'Verzorgd door'],
    free: '(vrij)',
    duties: 'Dienst',
    noDuties: 'De afdeling heeft geen diensten.',
    dutyHeads: ['Dienst', 'Wie'],
    nobody: 'NIEMAND',
    today: 'Vandaag',
    tomorrow: 'Morgen',
    nothing: 'Er is niets gepland.',
    planHeads: ['Tijd', 'Bed', 'Wat', 'Wie'],
    uncertain: 'niet bevestigd',
  },
  it: {
    title: 'Foglio di emergenza',
    asOf: 'Situazione al',
    warning:
      'Ciò che è accaduto dopo non compare. Chiedete chi è nel letto prima di agire. Distruggete il foglio dopo l’uso: contiene nomi di pazienti.',
    requests: 'Richieste aperte',
    noRequests: 'Nessuno chiedeva nulla.',
    requestHeads: ['Letto', 'Chiede', 'Dalle', 'Vista da'],
    reasons: { water: 'Acqua', pain: 'Dolore', toilet: 'Bagno', question: 'Domanda', other: 'Altro' },
    unseen: 'ANCORA NESSUNO',
    beds: 'Letti',
    noBeds: 'Il reparto non ha letti.',
    bedHeads: ['Letto', 'Paziente', 'Data di nascita', 'Numero', 'Assistito da'],
    free: '(libero)',
    duties: 'In servizio',
    noDuties: 'Il reparto non ha turni di guardia.',
    dutyHeads: ['Turno', 'Chi'],
    nobody: 'NESSUNO',
    today: 'Oggi',
    tomorrow: 'Domani',
    nothing: 'Nulla in programma.',
    planHeads: ['Ora', 'Letto', 'Cosa', 'Chi'],
    uncertain: 'non confermato',
  },
}

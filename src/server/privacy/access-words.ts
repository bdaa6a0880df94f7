/** The words of the page that somebody is given who asks what is kept about them, in every language that a ward may speak. */
import en from '../../core/audit-words/en.ts'
import fi from '../../core/audit-words/fi.ts'
import it from '../../core/audit-words/it.ts'
import nl from '../../core/audit-words/nl.ts'
import sv from '../../core/audit-words/sv.ts'
import type { Language } from '../../core/languages.ts'
import type { AuditAction } from '../../protocol/audit.ts'
import type { Kind } from './who.ts'

export const actWords: Readonly<Record<Language, Readonly<Record<AuditAction, string>>>> = {
  en,
  fi,
  sv,
  nl,
  it,
}

export type AccessWords = {
  readonly title: string
  readonly made: string
  readonly others: string
  readonly othersNone: string
  /** Who hands it out reads this first, and takes it off. */
  readonly beforeHanding: string
  readonly kept: string
  readonly planned: string
  readonly acts: string
  readonly actHeads: readonly [string, string, string]
  /** What was tried and not allowed. */
  readonly refused: string
  readonly alsoIn: string
  readonly kinds: Readonly<Record<Kind | 'representative' | 'best-interests', string>>
  /** Columns and fields that people ask about; the others keep the program's own word. */
  readonly fields: Readonly<Record<Field, string>>
}

type Field =
  | 'name'
  | 'born'
  | 'number'
  | 'wishes'
  | 'from'
  | 'until'
  | 'mail'
  | 'phone'
  | 'title'
  | 'note'
  | 'place'
  | 'language'
  | 'why'
  | 'reason'

/** Which word names a column or a field of the plan. */
export const wordOfField: Readonly<Record<string, Field>> = {
  ...{ name: 'name', born: 'born', number: 'number', patient_number: 'number', wishes: 'wishes' },
  ...{ title: 'title', note: 'note', place: 'place', language: 'language', reason: 'reason' },
  ...{ started_ms: 'from', startMs: 'from', made_ms: 'from', invited_ms: 'from', broken_ms: 'from' },
  ...{ ended_ms: 'until', endMs: 'until', closed_ms: 'until', until_ms: 'until', disabled_ms: 'until' },
  ...{ email: 'mail', mailed_to: 'mail', to_address: 'mail', phone: 'phone', texted_to: 'phone' },
  ...{ cancelReason: 'why', why: 'why' },
}

export const accessWords: Readonly<Record<Language, AccessWords>> = {
  en: {
    title: 'What is kept about you',
    made: 'Made on',
    others: 'Other people who are named in it',
    othersNone: 'Nobody else is named.',
    beforeHanding:
      'For whoever hands this out: a person decides about each of these names, and reads what was typed (titles, notes, reasons), before it leaves the hospital. Then take this part off.',
    kept: 'Kept by the ward',
    planned: 'Planned',
    acts: 'What was done, by whom and when',
    actHeads: ['Time', 'Who', 'What'],
    refused: 'refused',
    alsoIn: 'Calls, requests and scans of each stay are told in sentences in',
    kinds: {
      ...{ stay: 'Stay', visit: 'Visit', guest: 'Guest', relative: 'Relative', appointment: 'Appointment' },
      ...{ series: 'Series', attention: 'Refused entry', staff: 'Staff' },
      ...{ representative: 'Agreed for the patient', 'best-interests': 'Decided for the patient' },
    },
    fields: {
      ...{ name: 'Name', born: 'Born', number: 'Number', wishes: 'Wishes', from: 'From' },
      ...{ until: 'Until', mail: 'Mail', phone: 'Telephone', title: 'Title', note: 'Note' },
      ...{ place: 'Place', language: 'Language', why: 'Why', reason: 'Reason' },
    },
  },
  fi: {
    title: 'Mitä sinusta on tallennettu',
    made: 'Laadittu',
    others: 'Muut, jotka tässä mainitaan',
    othersNone: 'Ketään muuta ei mainita.',
    beforeHanding:
      'Luovuttajalle: ihminen päättää jokaisesta nimestä ja lukee kirjoitetut tekstit (otsikot, muistiot, syyt) ennen kuin tämä lähtee sairaalasta. Irrota sitten tämä osa.',
    kept: 'Osaston tallentamat tiedot',
    planned: 'Suunniteltu',
    acts: 'Mitä tehtiin, kuka teki ja milloin',
    actHeads: ['Aika', 'Kuka', 'Mitä'],
    refused: 'hylätty',
    alsoIn: 'Kunkin hoitojakson puhelut, pyynnöt ja kuvat kerrotaan lauseina tiedostossa',
    kinds: {
      ...{
        stay: 'Hoitojakso',
        visit: 'Käynti',
        guest: 'Vieras',
        relative: 'Läheinen',
        appointment: 'Varaus',
      },
      ...{ series: 'Sarja', attention: 'Hylätty merkintä', staff: 'Henkilökunta' },
      ...{ representative: 'Suostui potilaan puolesta', 'best-interests': 'Päätti potilaan puolesta' },
    },
    fields: {
      ...{ name: 'Nimi', born: 'Syntynyt', number: 'Numero', wishes: 'Toiveet', from: 'Alkaen' },
      ...{ until: 'Asti', mail: 'Sähköposti', phone: 'Puhelin', title: 'Otsikko', note: 'Muistio' },
      ...{ place: 'Paikka', language: 'Kieli', why: 'Miksi', reason: 'Syy' },
    },
  },
  sv: {
    title: 'Vad som sparas om dig',
    made: 'Gjord',
    others: 'Andra personer som nämns',
    othersNone: 'Ingen annan nämns.',
    beforeHanding:
      'Till den som lämnar ut detta: en människa avgör om vart och ett av namnen och läser det som skrevs (rubriker, anteckningar, skäl) innan det lämnar sjukhuset. Ta sedan bort den här delen.',
    kept: 'Sparat av avdelningen',
    planned: 'Planerat',
    acts: 'Vad som gjordes, av vem och när',
    actHeads: ['Tid', 'Vem', 'Vad'],
    refused: 'nekat',
    alsoIn: 'Samtal, önskemål och bilder under varje vårdtid berättas i meningar i',
    kinds: {
      ...{ stay: 'Vårdtid', visit: 'Besök', guest: 'Gäst', relative: 'Närstående', appointment: 'Bokning' },
      ...{ series: 'Serie', attention: 'Avvisad post', staff: 'Personal' },
      ...{ representative: 'Samtyckte för patienten', 'best-interests': 'Beslutade för patienten' },
    },
    fields: {
      ...{ name: 'Namn', born: 'Född', number: 'Nummer', wishes: 'Önskemål', from: 'Från' },
      ...{ until: 'Till', mail: 'E-post', phone: 'Telefon', title: 'Rubrik', note: 'Anteckning' },
      ...{ place: 'Plats', language: 'Språk', why: 'Varför', reason: 'Skäl' },
    },
  },
  nl: {
    title: 'Wat er over u wordt bewaard',
    made: 'Gemaakt op',
    others: 'Andere mensen die erin worden genoemd',
    othersNone: 'Niemand anders wordt genoemd.',
    beforeHanding:
      'Voor wie dit uitreikt: een mens beslist over elk van deze namen en leest wat er is getypt (titels, notities, redenen) voordat het het ziekenhuis verlaat. Haal dit deel er daarna af.',
    kept: 'Bewaard door de afdeling',
    planned: 'Gepland',
    acts: 'Wat er is gedaan, door wie en wanneer',
    actHeads: ['Tijd', 'Wie', 'Wat'],
    refused: 'geweigerd',
    alsoIn: 'Gesprekken, verzoeken en scans van elk verblijf staan in zinnen in',
    kinds: {
      ...{ stay: 'Verblijf', visit: 'Bezoek', guest: 'Gast', relative: 'Naaste', appointment: 'Afspraak' },
      ...{ series: 'Reeks', attention: 'Geweigerde invoer', staff: 'Personeel' },
      ...{ representative: 'Stemde in voor de patiënt', 'best-interests': 'Besliste voor de patiënt' },
    },
    fields: {
      ...{ name: 'Naam', born: 'Geboren', number: 'Nummer', wishes: 'Wensen', from: 'Van' },
      ...{ until: 'Tot', mail: 'E-mail', phone: 'Telefoon', title: 'Titel', note: 'Notitie' },
      ...{ place: 'Plaats', language: 'Taal', why: 'Waarom', reason: 'Reden' },
    },
  },
  it: {
    title: 'Che cosa è conservato su di lei',
    made: 'Preparato il',
    others: 'Altre persone che vi sono nominate',
    othersNone: 'Nessun altro è nominato.',
    beforeHanding:
      'Per chi lo consegna: una persona decide su ciascuno di questi nomi e legge ciò che è stato scritto (titoli, note, motivi) prima che lasci l’ospedale. Poi tolga questa parte.',
    kept: 'Conservato dal reparto',
    planned: 'In programma',
    acts: 'Che cosa è stato fatto, da chi e quando',
    actHeads: ['Ora', 'Chi', 'Che cosa'],
    refused: 'rifiutato',
    alsoIn: 'Chiamate, richieste e immagini di ogni ricovero sono raccontate in',
    kinds: {
      ...{
        stay: 'Ricovero',
        visit: 'Visita',
        guest: 'Ospite',
        relative: 'Familiare',
        appointment: 'Appuntamento',
      },
      ...{ series: 'Serie', attention: 'Voce rifiutata', staff: 'Personale' },
      ...{ representative: 'Ha acconsentito per il paziente', 'best-interests': 'Ha deciso per il paziente' },
    },
    fields: {
      ...{ name: 'Nome', born: 'Nascita', number: 'Numero', wishes: 'Desideri', from: 'Dal' },
      ...{ until: 'Fino al', mail: 'Posta', phone: 'Telefono', title: 'Titolo', note: 'Nota' },
      ...{ place: 'Luogo', language: 'Lingua', why: 'Perché', reason: 'Motivo' },
    },
  },
}

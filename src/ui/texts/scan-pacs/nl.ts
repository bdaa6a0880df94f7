/** Nederlands. Scans in het PACS van het ziekenhuis. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  pacs: {
    title: 'Scans in het PACS',
    close: 'Sluiten',
    asking: 'Het PACS wordt gevraagd…',
    none: 'Geen onderzoeken in het PACS voor dit nummer.',
    withheld:
      '{count, plural, one {Nog # onderzoek heeft dit nummer en een andere geboortedatum. Het wordt niet getoond.} other {Nog # onderzoeken hebben dit nummer en een andere geboortedatum. Ze worden niet getoond.}} Controleer het nummer.',
    more: 'Het PACS heeft meer onderzoeken dan hier staan.',
    asOf: 'Stand van {time}',
    again: 'Opnieuw vragen',
    study: '{date}, {modality}',
    noDate: 'Geen datum',
    noText: 'Geen omschrijving',
    images: '{count, plural, one {# beeld} other {# beelden}}',
    seriesOf: 'Series van {study}',
    noSeries: 'Dit onderzoek heeft geen series.',
    number: 'Serie {number}',
    open: 'Openen',
    openOne: '{series} openen',
    coming: '{images} van {of} beelden, {megabytes} MB',
    comingSome: '{images, plural, one {# beeld} other {# beelden}}, {megabytes} MB',
    stop: 'Stoppen',
    done: '{count, plural, one {# beeld is open.} other {# beelden zijn open.}}',
    missing:
      '{count, plural, one {# beeld kwam niet: het PACS kan het niet sturen.} other {# beelden kwamen niet: het PACS kan ze niet sturen.}} Kijk in het PACS.',
    kept: 'Wat er al was, blijft open.',
  },
  troubles: {
    'not-configured': 'Bedside is hier niet met het PACS verbonden. IT kan dat doen.',
    down: 'Het PACS antwoordt niet. Probeer het straks opnieuw, of kijk in het PACS zelf.',
    slow: 'Het PACS deed er te lang over. Probeer het straks opnieuw.',
    refused: 'Het PACS laat Bedside niet toe. Meld het aan IT.',
    'wrong-answer': 'Het antwoord is niet wat het PACS hoort te geven. Meld het aan IT.',
    'not-there': 'Het PACS heeft geen zulk onderzoek van deze patiënt.',
    'other-patient':
      'Het PACS stuurde een beeld van iemand anders, daarom is de rest niet opgehaald. Meld het aan IT, en kijk in het PACS zelf.',
    'too-large': 'Het is meer dan Bedside mag ophalen. Kijk in het PACS zelf.',
    cut: 'De verbinding viel onderweg weg. Probeer het opnieuw.',
    stopped: 'Gestopt.',
    unreachable: 'De server antwoordt niet. Controleer het netwerk en probeer het opnieuw.',
    'too-many': 'Je haalt al twee series op. Wacht op een ervan.',
    'not-found': 'Deze patiënt is niet meer op de afdeling.',
    other: 'Dat mag je hier niet.',
  },
  handed: {
    said: '{count, plural, one {1 bestand} other {# bestanden}} van een andere app of pagina',
    yours: 'Open ze alleen als u ze zelf hierheen hebt gestuurd.',
    open: 'Openen',
    discard: 'Weggooien',
  },
} as const satisfies Like<typeof en>

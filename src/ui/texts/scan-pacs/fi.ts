/** Suomi. Kuvaukset sairaalan PACSissa. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  pacs: {
    title: 'Kuvaukset PACSissa',
    close: 'Sulje',
    asking: 'Kysytään PACSista…',
    none: 'PACSissa ei ole tutkimuksia tälle numerolle.',
    withheld:
      '{count, plural, one {Samalla numerolla on vielä # tutkimus, jossa on toinen syntymäaika. Sitä ei näytetä.} other {Samalla numerolla on vielä # tutkimusta, joissa on toinen syntymäaika. Niitä ei näytetä.}} Tarkista numero.',
    more: 'PACSissa on enemmän tutkimuksia kuin tässä luetellaan.',
    asOf: 'Tilanne klo {time}',
    again: 'Kysy uudelleen',
    study: '{date}, {modality}',
    noDate: 'Ei päiväystä',
    noText: 'Ei kuvausta',
    images: '{count, plural, one {# kuva} other {# kuvaa}}',
    seriesOf: 'Sarjat: {study}',
    noSeries: 'Tässä tutkimuksessa ei ole sarjoja.',
    number: 'Sarja {number}',
    open: 'Avaa',
    openOne: 'Avaa {series}',
    coming: '{images} / {of} kuvaa, {megabytes} Mt',
    comingSome: '{images, plural, one {# kuva} other {# kuvaa}}, {megabytes} Mt',
    stop: 'Keskeytä',
    done: '{count, plural, one {# kuva on auki.} other {# kuvaa on auki.}}',
    missing:
      '{count, plural, one {# kuva ei tullut: PACS ei pysty lähettämään sitä.} other {# kuvaa ei tullut: PACS ei pysty lähettämään niitä.}} Katso PACSista.',
    kept: 'Jo tulleet kuvat pysyvät auki.',
  },
  troubles: {
    'not-configured': 'Bedsidea ei ole yhdistetty PACSiin täällä. IT voi tehdä sen.',
    down: 'PACS ei vastaa. Yritä hetken päästä uudelleen tai katso PACSista itsestään.',
    slow: 'PACSin vastaus kesti liian kauan. Yritä hetken päästä uudelleen.',
    refused: 'PACS ei päästä Bedsidea sisään. Kerro IT:lle.',
    'wrong-answer': 'Vastaus ei ole sellainen kuin PACSin pitäisi antaa. Kerro IT:lle.',
    'not-there': 'PACSissa ei ole tällaista tutkimusta tälle potilaalle.',
    'other-patient':
      'PACS lähetti jonkun toisen kuvan, joten loppuja ei haettu. Kerro IT:lle ja katso PACSista itsestään.',
    'too-large': 'Kuvia on enemmän kuin Bedside saa hakea. Katso PACSista itsestään.',
    cut: 'Yhteys katkesi kesken. Yritä uudelleen.',
    stopped: 'Keskeytetty.',
    unreachable: 'Palvelin ei vastaa. Tarkista verkko ja yritä uudelleen.',
    'too-many': 'Haet jo kahta sarjaa. Odota, että toinen valmistuu.',
    'not-found': 'Tämä potilas on lähtenyt osastolta.',
    other: 'Sinulla ei ole tähän oikeutta täällä.',
  },
  handed: {
    said: '{count, plural, one {1 tiedosto} other {# tiedostoa}} toisesta sovelluksesta tai sivulta',
    yours: 'Avaa vain, jos lähetit ne tänne itse.',
    open: 'Avaa',
    discard: 'Hylkää',
  },
} as const satisfies Like<typeof en>

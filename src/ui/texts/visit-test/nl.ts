/** Nederlands. Wij zeggen u tegen de patiënt, warm en kort. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  test: {
    title: 'Wij proberen uw camera en geluid',
    lead: 'Het duurt nog geen minuut. Niemand ziet of hoort u.',
    allow: 'Kies Toestaan als uw browser het vraagt.',
    begin: 'Beginnen',
    skipAll: 'De test overslaan',
    skip: 'Dit overslaan',
    step: 'Stap {at} van {of}',
    next: 'Volgende',
    again: 'Opnieuw proberen',
    soundOnly: 'Verder met alleen geluid',
    without: 'Verder zonder',
    room: 'Naar de wachtkamer',
    choose: 'Kies een andere',
    unnamed: 'Zonder naam',
  },
  camera: {
    title: 'Ziet u uzelf?',
    opening: 'Uw camera start…',
    only: 'Alleen u ziet dit.',
    yes: 'Ja, ik zie mijzelf',
    label: 'Camera',
  },
  microphone: {
    title: 'Zegt u eens iets',
    opening: 'Uw microfoon start…',
    moves: 'De balk beweegt als wij u horen.',
    heard: 'Wij horen u.',
    silent: 'Beweegt de balk niet? Spreek luider, of kies een andere microfoon.',
    meter: 'Hoe luid u bent',
    label: 'Microfoon',
  },
  speaker: {
    title: 'Hoorde u twee tonen?',
    playing: 'Luister…',
    todo: 'Zo niet, zet het geluid harder, zet de stille stand uit en speel ze opnieuw.',
    yes: 'Ja',
    no: 'Nee',
    play: 'Opnieuw spelen',
    label: 'Luidspreker',
  },
  connection: {
    title: 'Uw verbinding wordt geprobeerd…',
    todo: 'Dit duurt een paar seconden. Camera en microfoon staan uit.',
  },
  done: {
    title: 'Uw apparaat is geprobeerd',
    good: 'Alles is goed.',
    told: 'De medewerkers zien wat werkte en wat niet.',
  },
  found: {
    camera: 'Camera',
    microphone: 'Microfoon',
    speaker: 'Geluid',
    connection: 'Verbinding',
    works: 'werkt',
    heard: 'werkt',
    silent: 'was niet te horen',
    'not-heard': 'was niet te horen',
    denied: 'niet toegestaan',
    missing: 'niet gevonden',
    taken: 'door iets anders in gebruik',
    skipped: 'niet geprobeerd',
    fast: 'goed',
    slow: 'traag: geluid werkt, het beeld kan stilstaan',
    unknown: 'niet gemeten',
    blocked: 'wordt misschien door dit netwerk geblokkeerd: probeer mobiele data of een andere wifi',
  },
  failed: {
    'camera-denied': 'De camera is niet toegestaan',
    'camera-missing': 'Er is geen camera gevonden',
    'camera-taken': 'Een andere app gebruikt de camera',
    'microphone-denied': 'De microfoon is niet toegestaan',
    'microphone-missing': 'Er is geen microfoon gevonden',
    'microphone-taken': 'Een andere app gebruikt de microfoon',
    missing: 'Controleer of hij is aangesloten en aanstaat.\nDruk op “Opnieuw proberen”.',
    taken: 'Sluit andere apps en tabbladen die beeld tonen of bellen.\nDruk op “Opnieuw proberen”.',
  },
  denied: {
    'safari-ios':
      'Tik op het teken naast het adres aan de rand van het scherm.\nTik op de drie puntjes en dan op Website-instellingen.\nZet Camera en Microfoon op Sta toe.',
    'chrome-ios': 'Open de Instellingen van uw telefoon en daar deze browser.\nZet Camera en Microfoon aan.',
    'chrome-android':
      'Tik bovenaan op het teken naast het adres.\nTik op Rechten.\nZet Camera en Microfoon op Toestaan.',
    samsung: 'Tik op het slot naast het adres.\nTik op Machtigingen.\nZet Camera en Microfoon op Toestaan.',
    'firefox-android':
      'Tik op het slot of het schild naast het adres.\nTik op Camera en Microfoon, zodat ze zijn toegestaan.',
    'safari-mac':
      'Open het menu Safari en daar de instellingen voor deze website.\nZet Camera en Microfoon op Sta toe.',
    firefox:
      'Druk op de doorgestreepte camera naast het adres.\nHaal “Geblokkeerd” weg met het kruisje ernaast.',
    chrome: 'Druk op het teken naast het adres.\nZet Camera en Microfoon aan.',
    edge: 'Druk op het slot naast het adres.\nZet Camera en Microfoon op Toestaan.',
    other: 'Open de instellingen van uw browser voor deze pagina.\nSta Camera en Microfoon toe.',
    back: 'Kom hier terug en druk op “Opnieuw proberen”.',
  },
} as const satisfies Like<typeof en>
